using Respawn;

namespace Relocation.Testing;

/// <summary>What a reset does.</summary>
public sealed record ResetOptions
{
    /// <summary>How the database is put back to its baseline. Default: the fastest way that is exact there.</summary>
    /// <remarks>
    /// A way that is asked for and cannot be exact is refused with a <see cref="ResetException"/> that says why, when the test
    /// database is made.
    /// </remarks>
    public ResetStrategy Strategy { get; init; }

    /// <summary>How the database is emptied. Default: <see cref="Testing.EmptyBy.Respawn"/>.</summary>
    public EmptyBy EmptyBy { get; init; }

    /// <summary>
    /// What Respawn is told when the database is emptied: tables and schemas to leave alone or to limit it to, a time limit, a
    /// delete statement of one's own. Default: everything is emptied but the history of EF Core's migrations.
    /// </summary>
    /// <remarks>
    /// Key counters always restart, whether <see cref="RespawnerOptions.WithReseed"/> is set or not, since keys handed out after
    /// a reset must repeat. <see cref="RespawnerOptions.DbAdapter"/> must be left out or be Respawn's own for the engine.
    /// The history of migrations is kept unless <see cref="RespawnerOptions.TablesToInclude"/> names it.
    /// </remarks>
    public RespawnerOptions Respawner { get; init; } = new();

    /// <summary>
    /// Sequences that belong to no table and go on counting when the database is emptied, for example that of a HiLo key of a
    /// kept table, as <c>name</c> or <c>schema.name</c>. Default: none; all others restart.
    /// </summary>
    public IReadOnlyList<string> SequencesToKeep { get; init; } = [];
}

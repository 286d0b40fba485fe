namespace Relocation.Testing.Cli.Databases;

/// <summary>An import and its context.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Model">The model.</param>
/// <param name="Scope">Which records were wanted.</param>
/// <param name="Location">The database.</param>
/// <param name="CreatedSchema">Whether the tables were made for this import.</param>
/// <param name="Result">The result.</param>
internal sealed record ImportOutcome(
    Backup Backup, RelocationModel Model, ImportScope Scope, DatabaseLocation Location, bool CreatedSchema, ImportResult Result)
{
    /// <summary>The keys that Sentry's rules took out of records. Default: none.</summary>
    internal IReadOnlyList<SentryClearedKey> ClearedKeys { get; init; } = [];
}

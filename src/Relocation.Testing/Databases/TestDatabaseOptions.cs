using System.Data.Common;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;

namespace Relocation.Testing;

/// <summary>What a <see cref="TestDatabase"/> is made of.</summary>
public sealed record TestDatabaseOptions
{
    /// <summary>Where the database comes from.</summary>
    public required DatabaseTarget Target { get; init; }

    /// <summary>The model of its tables, for importing.</summary>
    public required RelocationModel Model { get; init; }

    /// <summary>Where its tables come from. Default: they are there already.</summary>
    public SchemaSource Schema { get; init; } = SchemaSource.None;

    /// <summary>The backups that make up the baseline, imported in this order. Default: none.</summary>
    public IReadOnlyList<Backup> Baseline { get; init; } = [];

    /// <summary>Adds to the baseline what no backup holds, after the imports, on an open connection. Default: nothing.</summary>
    public Func<DbConnection, CancellationToken, Task>? Seed { get; init; }

    /// <summary>How backups are imported, the baseline's and later ones. Default: the defaults of <see cref="ImportOptions"/>.</summary>
    public ImportOptions Import { get; init; } = new();

    /// <summary>What a reset does. Default: the defaults of <see cref="ResetOptions"/>.</summary>
    public ResetOptions Reset { get; init; } = new();

    /// <summary>
    /// Whether a database is used although nothing shows that it is a test database: neither was it made for this purpose,
    /// nor is <c>test</c> or <c>tests</c> a word of its name. Resets delete its rows. Default: no.
    /// </summary>
    public bool DangerouslyAllowAnyDatabaseName { get; init; }

    /// <summary>Whether a database that was made for this purpose stays after disposal, to look into it. Default: no.</summary>
    public bool KeepDatabase { get; init; }

    /// <summary>
    /// How many databases a <see cref="SharedBaseline"/> makes at most, so that as many tests run in parallel. Default: as many
    /// as there are processors, at least 4.
    /// </summary>
    public int MaxDatabases { get; init; } = Math.Max(4, Environment.ProcessorCount);

    /// <summary>
    /// How long others are waited for: whoever makes the shared baseline, locks of other sessions, connections and servers that are away for a
    /// moment. After a second <see cref="Log"/> is told, and at the end a <see cref="DatabaseException"/> says who it was. Default: 5 minutes.
    /// </summary>
    public TimeSpan WaitLimit { get; init; } = Patience.DefaultLimit;

    /// <summary>
    /// Takes sentences for whoever watches a run: what is waited for, and which database was made anew and why. Called from any thread.
    /// Default: standard error.
    /// </summary>
    public Action<string> Log { get; init; } = Patience.ToStandardError;

    /// <summary>
    /// How many connections a test opens at once, beside the one that puts its database back. Leases wait while a PostgreSQL server has no room for
    /// as many more. Default: 2.
    /// </summary>
    public int ConnectionsPerLease { get; init; } = 2;

    /// <summary>
    /// Whether a test fails that leaves a transaction, reader or session open, changes the schema or deletes its database. Default: no, that is
    /// a warning in its output. Its rows are put back in either case.
    /// </summary>
    public bool FailOnLeftovers { get; init; }

    /// <summary>
    /// Whether the baseline is made once for all processes and runs, and copied from then on. Default: no, each process makes its
    /// own.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The template is found by a hash of the tables, the compiled code of the context and its entities, the backups, the import
    /// options and this library's version; when any of them changes, another one is made. On a PostgreSQL server of the user's it
    /// is a database, made under a lock of the server's, so that test processes that start together make it once. For SQLite it
    /// is a file in the user's cache folder (<c>RELOCATION_CACHE</c>), which only the user may read. One that was not used for a
    /// week is removed. Elsewhere (files and databases of the user's, throw-away servers) each process makes its own.
    /// </para>
    /// <para>
    /// A method of the user's cannot be hashed: where there is a <see cref="Seed"/>, a schema from a method, or a model without a
    /// context, each process makes its own baseline unless <see cref="BaselineVersion"/> stands for them.
    /// </para>
    /// </remarks>
    public bool ReuseBaseline { get; init; }

    /// <summary>
    /// Stands for what the baseline depends on and cannot be hashed (see <see cref="ReuseBaseline"/>); to be changed whenever
    /// that changes. Default: none.
    /// </summary>
    public string? BaselineVersion { get; init; }

    internal TestDatabaseSetup ToSetup() => new()
    {
        Target = Target ?? throw DatabaseErrors.MissingTarget(),
        Model = new Lazy<RelocationModel>(Model ?? throw DatabaseErrors.MissingOption(nameof(Model))),
        Schema = Schema ?? throw DatabaseErrors.MissingOption(nameof(Schema)),
        Baseline = Baseline ?? throw DatabaseErrors.MissingOption(nameof(Baseline)),
        Import = Import ?? throw DatabaseErrors.MissingOption(nameof(Import)),
        Reset = Reset ?? throw DatabaseErrors.MissingOption(nameof(Reset)),
        Seed = Seed is null ? null : (connection, _, cancellationToken) => Seed(connection, cancellationToken),
        AllowAnyName = DangerouslyAllowAnyDatabaseName,
        Keep = KeepDatabase,
        MaxDatabases = MaxDatabases > 0 ? MaxDatabases : throw DatabaseErrors.NoDatabases(nameof(MaxDatabases)),
        ReuseBaseline = ReuseBaseline,
        BaselineVersion = BaselineVersion,
        Patience = new Patience(WaitLimit >= TimeSpan.Zero ? WaitLimit : throw DatabaseErrors.NegativeWait(nameof(WaitLimit)), Log ?? throw DatabaseErrors.MissingOption(nameof(Log))),
        ConnectionsPerLease = ConnectionsPerLease >= 0 ? ConnectionsPerLease : throw DatabaseErrors.NegativeConnections(nameof(ConnectionsPerLease)),
        FailOnLeftovers = FailOnLeftovers,
    };
}

using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing;

/// <summary>What test databases are made of, whether they have a context or not.</summary>
public abstract record DatabaseOptions
{
    private protected DatabaseOptions(SchemaSource schema) => Schema = schema;

    /// <summary>Where the database comes from.</summary>
    [Option(OptionKind.Rows)]
    public required DatabaseTarget Target { get; init; }

    /// <summary>
    /// Where its tables come from. Default: they are there already (<see cref="SchemaSource.None"/>); with a context it makes them
    /// (<see cref="SchemaSource.EnsureCreated"/>).
    /// </summary>
    [Option(OptionKind.Rows)]
    public SchemaSource Schema { get; init; }

    /// <summary>The backups that make up the baseline, imported in this order. Default: none.</summary>
    [Option(OptionKind.Rows)]
    public IReadOnlyList<Backup> Baseline { get; init; } = [];

    /// <summary>How backups are imported, the baseline's and later ones. Default: the defaults of <see cref="ImportOptions"/>.</summary>
    [Option(OptionKind.Rows)]
    public ImportOptions Import { get; init; } = new();

    /// <summary>What a reset does. Default: the defaults of <see cref="ResetOptions"/>.</summary>
    [Option(OptionKind.Watching)]
    public ResetOptions Reset { get; init; } = new();

    /// <summary>
    /// Whether a database is used although nothing shows that it is a test database: neither was it made for this purpose,
    /// nor is <c>test</c> or <c>tests</c> a word of its name. Resets delete its rows. Default: no.
    /// </summary>
    [Option(OptionKind.Watching)]
    public bool DangerouslyAllowAnyDatabaseName { get; init; }

    /// <summary>Whether a database that was made for this purpose stays after disposal, to look into it. Default: no.</summary>
    [Option(OptionKind.Watching)]
    public bool KeepDatabase { get; init; }

    /// <summary>
    /// How many databases a <see cref="SharedBaseline"/> makes at most, so that as many tests run in parallel. Default: as many
    /// as there are processors, at least 4.
    /// </summary>
    [Option(OptionKind.Watching)]
    public int MaxDatabases { get; init; } = Math.Max(4, Environment.ProcessorCount);

    /// <summary>
    /// How long others are waited for: whoever makes the shared baseline, locks of other sessions, connections and servers that are away for a
    /// moment. After a second <see cref="Log"/> is told, and at the end a <see cref="DatabaseException"/> says who it was. Default: 5 minutes.
    /// </summary>
    [Option(OptionKind.Watching)]
    public TimeSpan WaitLimit { get; init; } = Patience.DefaultLimit;

    /// <summary>
    /// Takes sentences for whoever watches a run: what is waited for, and which database was made anew and why. Called from any thread.
    /// Default: standard error.
    /// </summary>
    [Option(OptionKind.Watching)]
    public Action<string> Log { get; init; } = Patience.ToStandardError;

    /// <summary>
    /// How many connections a test opens at once, beside the one that puts its database back. Leases wait while a PostgreSQL server has no room for
    /// as many more. Default: 2.
    /// </summary>
    [Option(OptionKind.Watching)]
    public int ConnectionsPerLease { get; init; } = 2;

    /// <summary>
    /// Whether a test fails that leaves a transaction, reader or session open, changes the schema or deletes its database. Default: no, that is
    /// a warning in its output. Its rows are put back in either case.
    /// </summary>
    [Option(OptionKind.Watching)]
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
    /// A method of the user's cannot be hashed: where there is a seed, a schema from a method, or a model without a
    /// context, each process makes its own baseline unless <see cref="BaselineVersion"/> stands for them.
    /// </para>
    /// </remarks>
    [Option(OptionKind.Watching)]
    public bool ReuseBaseline { get; init; }

    /// <summary>
    /// Stands for what the baseline depends on and cannot be hashed (see <see cref="ReuseBaseline"/>); to be changed whenever
    /// that changes. Default: none.
    /// </summary>
    [Option(OptionKind.Rows)]
    public string? BaselineVersion { get; init; }

    /// <summary>Checks what is given, and reads what belongs to the model.</summary>
    /// <exception cref="ArgumentException">Something is missing or out of range; the message names it.</exception>
    internal abstract TestDatabaseSetup ToSetup();

    private protected void Check()
    {
        _ = Target ?? throw DatabaseErrors.MissingTarget();
        _ = Schema ?? throw DatabaseErrors.MissingOption(nameof(Schema));
        _ = Baseline ?? throw DatabaseErrors.MissingOption(nameof(Baseline));
        _ = Import ?? throw DatabaseErrors.MissingOption(nameof(Import));
        _ = Reset ?? throw DatabaseErrors.MissingOption(nameof(Reset));
        _ = Log ?? throw DatabaseErrors.MissingOption(nameof(Log));
        _ = MaxDatabases > 0 ? MaxDatabases : throw DatabaseErrors.NoDatabases(nameof(MaxDatabases));
        _ = WaitLimit >= TimeSpan.Zero ? WaitLimit : throw DatabaseErrors.NegativeWait(nameof(WaitLimit));
        _ = ConnectionsPerLease >= 0 ? ConnectionsPerLease : throw DatabaseErrors.NegativeConnections(nameof(ConnectionsPerLease));
    }
}

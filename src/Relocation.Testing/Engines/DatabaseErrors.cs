namespace Relocation.Testing.Engines;

/// <summary>The messages about test databases: what is wrong, where, what to do.</summary>
internal static class DatabaseErrors
{
    /// <param name="engine">The engine.</param>
    /// <param name="refused">The name that is not one of a test database.</param>
    /// <param name="given">The name that was given, which may be a link or an alias.</param>
    /// <param name="real">What the database really is.</param>
    internal static UnsafeDatabaseException UnsafeDatabase(DatabaseEngine engine, string refused, string given, RealDatabase real)
    {
        var (what, whose) = given.Length == 0 || given == real.Name
            ? ($"'{real.Name}'", "its name")
            : ($"'{ConnectionText.ShownPath(given)}', really '{real.Place}',", $"'{refused}'");
        return Unsafe(
            $"The {engine.Name} database {what} does not look like a test database: {whose} does not contain 'test' or 'tests' as a whole word.",
            "Choose another database, or set TestDatabaseOptions.DangerouslyAllowAnyDatabaseName.",
            refused);
    }

    internal static UnsafeDatabaseException DatabaseOfManyNames(DatabaseEngine engine, RealDatabase real) => Unsafe(
        $"The file of the {engine.Name} database '{real.Place}' has other names too (hard links), which may belong to a database that is not for tests.",
        "Use a copy of the file, or set TestDatabaseOptions.DangerouslyAllowAnyDatabaseName.",
        real.Name);

    private static UnsafeDatabaseException Unsafe(string reason, string advice, string name) => new($"{reason} {advice}", name) { Reason = reason };

    internal static UnsafeDatabaseException ContextOpensOther(Type context, string opened, DatabaseEngine engine, string connectionString) => new(
        $"Context '{context.Name}' opens {opened} "
        + (connectionString.Length == 0
            ? "where only its model was to be read"
            : $"instead of the test database ({engine.Describe(connectionString)})")
        + $", so it was refused before it ran anything there. Let it use the connection of the DbContextOptions<{context.Name}> that it is given: "
        + "where OnConfiguring or a constructor calls UseSqlite, UseNpgsql or SetConnectionString, do so only if "
        + "DbContextOptionsBuilder.IsConfigured is false; in TestDatabaseOptions.CreateContext, pass the given options on.",
        opened);

    internal static UnsafeDatabaseException ContextOfOtherProvider(Type context, string? provider, DatabaseEngine engine) => new(
        $"Context '{context.Name}' uses the provider '{provider}', which is not that of the {engine.Name} test database, so it was refused before "
        + $"it ran anything. Let it use the DbContextOptions<{context.Name}> that it is given: choose a provider in OnConfiguring only if "
        + "DbContextOptionsBuilder.IsConfigured is false.",
        provider ?? string.Empty);

    internal static UnsafeDatabaseException ContextOutsideTransaction(Type context) => new(
        $"Context '{context.Name}' opens a connection of its own, while ResetStrategy.Rollback has a test work in TestDatabase.Transaction: what it "
        + $"commits would stay. Let it use the connection of the DbContextOptions<{context.Name}> that it is given, or choose ResetStrategy.UndoLog.",
        context.Name);

    internal static UnsafeDatabaseException ConnectionLedAway(string opened, DatabaseEngine engine, string connectionString) => new(
        $"A method that makes the test database has led its connection to {opened}, away from {engine.Describe(connectionString)}. "
        + "Nothing more was done. Let SchemaSource.From and Seed leave the connection's database as it is, and open connections of their own to others.",
        opened);

    internal static InvalidOperationException SchemaNeedsContext(string schema) => new(
        $"SchemaSource.{schema} makes the tables of a DbContext, and this test database has none. " +
        "Use TestDatabase<TContext>, or SchemaSource.From with statements of your own.");

    internal static ArgumentException MissingOption(string option) => new(
        $"{option} is null. Leave it out to get its default.", option);

    internal static ArgumentOutOfRangeException NoDatabases(string option) => new(
        option, $"{option} is less than 1, so that no test would ever get a database. Leave it out to get its default.");

    internal static ArgumentOutOfRangeException NegativeWait(string option) => new(
        option, $"{option} is negative. Leave it out to get its default, or give zero to wait for nobody.");

    internal static ArgumentOutOfRangeException NegativeConnections(string option) => new(
        option, $"{option} is negative. Leave it out to get its default.");

    internal static DatabaseNotKeptException NotKept(string database, string reason, Exception? cause = null) => new(
        $"No copy of the test database was kept ({database}): {reason}", cause);

    internal static InvalidOperationException BaselineNotStarted() => new(
        "The baseline has no test database yet, since it was not started. Await SharedBaseline.StartAsync first; a fixture of a " +
        "test framework does so when the framework starts it (as IClassFixture of the test class, for example).");

    internal static string NotRun(DatabaseUnavailableException unavailable) =>
        $"NOT RUN, since the database is not available: {unavailable.Message} On a build server (CI=true) this is a failure.";

    internal static InvalidOperationException NoContextConstructor(Type type) => new(
        $"'{type.Name}' has no public constructor that takes DbContextOptions<{type.Name}>, or that and optional parameters. " +
        "Add one, or set TestDatabaseOptions.CreateContext.");

    internal static InvalidOperationException MissingTarget() => new(
        "The test database has no target. Set Target to where it comes from: SqliteTarget.InMemory() or " +
        "PostgreSqlTarget.ThrowAway(), for example.");

    internal static InvalidOperationException NoEnginePackage(IReadOnlyCollection<string> names) => new(
        $"There is no engine to test on. Add a reference to a package: {string.Join(" or ", names)}.");

    internal static InvalidOperationException UnknownEngineType(Type type, IEnumerable<string> known) => new(
        $"'{type.Name}' is no engine whose package the tests reference; those are {string.Join(" and ", known)}. " +
        "Name one of them, or leave the engines out to have each.");

    internal static ImportStoppedException Stopped(int chunks, int statements) =>
        new($"The import was stopped as ImportOptions.Stop asks, after {chunks} chunks and before statement {statements + 1}.");
}

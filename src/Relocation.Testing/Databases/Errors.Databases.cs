namespace Relocation.Testing;

internal static partial class Errors
{
    internal static UnsafeDatabaseException UnsafeDatabase(DatabaseEngine engine, string name) => new(
        $"The {engine.Name} database '{name}' does not look like a test database: no word of its name is 'test' or 'tests'. " +
        "Choose another database, or set TestDatabaseOptions.DangerouslyAllowAnyDatabaseName.",
        name);

    internal static InvalidOperationException SchemaNeedsContext(string schema) => new(
        $"SchemaSource.{schema} makes the tables of a DbContext, and this test database has none. " +
        "Use TestDatabase<TContext>, or SchemaSource.From with statements of your own.");

    internal static ArgumentException MissingOption(string option) => new(
        $"{option} is null. Leave it out to get its default.", option);

    internal static ArgumentOutOfRangeException NoDatabases(string option) => new(
        option, $"{option} is less than 1, so that no test would ever get a database. Leave it out to get its default.");

    internal static DatabaseNotKeptException NotKept(string database, string reason, Exception? cause = null) => new(
        $"No copy of the test database was kept ({database}): {reason}", cause);

    internal static InvalidOperationException BaselineNotStarted() => new(
        "The baseline has no test database yet, since it was not started. Await SharedBaseline.StartAsync first; a fixture of a " +
        "test framework does so when the framework starts it (as IClassFixture of the test class, for example).");

    internal static string NotRun(DatabaseUnavailableException unavailable) =>
        $"NOT RUN, since the database is not available: {unavailable.Message} On a build server (CI=true) this is a failure.";
}

using Relocation.Testing.Texts;

namespace Relocation.Testing.Cases;

/// <summary>The messages about compatibility matrices: what is wrong, where, what to do.</summary>
internal static class MatrixErrors
{
    internal static FileNotFoundException NoBackupMatches(string pattern, IReadOnlyCollection<string> folders) => new(
        $"No backup matches '{pattern}', from any of these folders: {ErrorText.Listed(folders, folders.Count)}{Environment.NewLine}" +
        "Correct the pattern; it begins at the folder of the test's source file, or of its project. " +
        "'**' does not look into folders named bin or obj, or beginning with a dot.");

    internal static InvalidOperationException BackupNamesCollide(string pattern, string first, string second) => new(
        $"The approved files of two backups that match '{pattern}' would have the same name: '{first}' and '{second}'. " +
        "Rename one of them, or use two patterns on two tests.");

    internal static InvalidOperationException NoEnginePackage(IReadOnlyCollection<string> names) => new(
        $"There is no engine to test on. Add a reference to a package: {string.Join(" or ", names)}.");

    internal static InvalidOperationException UnknownEngineType(Type type, IEnumerable<string> known) => new(
        $"'{type.Name}' is no engine whose package the tests reference; those are {string.Join(" and ", known)}. " +
        "Name one of them, or leave the engines out to have each.");

    internal static InvalidOperationException MatrixMethodHasParameters(string method) => new(
        $"'{method}' has parameters, which [BackupMatrix] has nothing for. Remove them; the test's backup and engine are " +
        "in its property BackupCase, and its database in Database.");

    internal static InvalidOperationException MatrixOutsideRelocationTest(string type) => new(
        $"'{type}' has a test with [BackupMatrix], and derives from neither RelocationTest<TContext> nor RelocationTest, which " +
        "make the database for it. Derive from one of them.");

    internal static InvalidOperationException NoBaselineToUse(string type) => new(
        $"'{type}' says nowhere what its database is made of. Give its base class a target and a backup, override Configure, or " +
        "derive a class from RelocationFixture in the namespace of the tests, or in none for all tests.");

    internal static InvalidOperationException MissingTarget() => new(
        "The test database has no target. Set Target to where it comes from: SqliteTarget.InMemory() or " +
        "PostgreSqlTarget.ThrowAway(), for example.");

    internal static InvalidOperationException NoContextConstructor(Type type) => new(
        $"'{type.Name}' has no public constructor that takes DbContextOptions<{type.Name}>, or that and optional parameters. " +
        "Add one, or set TestDatabaseOptions.CreateContext.");

    internal static ArgumentException MatrixLacks(string what, string parameter) => new(
        $"A matrix needs at least one {what}. Give some.", parameter);

    internal static ArgumentException MatrixHasTwice(string what, string name, string parameter) => new(
        $"The matrix has two {what}s named '{name}'. Give each a name of its own.", parameter);

    internal static ArgumentException BackupReadOnce(string name, string parameter) => new(
        $"Backup '{name}' can be read only once, and a matrix reads it for every cell. Give a file, or a stream that can seek.", parameter);

    internal static ArgumentException NoSuchCell(string backup, string version, string engine) => new(
        $"The table has no cell of backup '{backup}', version '{version}' and engine '{engine}'. Use names of its Backups, Versions and Engines.");

    internal static InvalidOperationException NoSchemaVersions(Type type) => new(
        $"'{type.Name}' lists no versions of tables. Name a class that implements ISchemaVersions and has a public constructor without parameters.");

    internal static InvalidOperationException SchemaVersionsNotDistinct(Type type) => new(
        $"'{type.Name}' lists no version of tables, or two of the same name. Let it list at least one, each with a name of its own.");

    internal static InvalidOperationException SchemaVersionMissing(string version) => new(
        $"There is no version '{version}' of the tables any more. List the tests again.");

    internal static InvalidOperationException VersionsOfContext(Type context) => new(
        $"A matrix with versions cannot use '{context.Name}', which is one version of the tables. Derive from RelocationTest and "
        + "RelocationFixture without a context, or override Configure(BackupCase) and choose by BackupCase.Version.");
}

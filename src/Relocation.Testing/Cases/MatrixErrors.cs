namespace Relocation.Testing.Cases;

/// <summary>The messages about compatibility matrices: what is wrong, where, what to do.</summary>
internal static class MatrixErrors
{
    internal static InvalidOperationException MatrixMethodHasParameters(string method) => new(
        $"'{method}' has parameters, which [BackupMatrix] has nothing for. Remove them; the test's backup and engine are " +
        "in its property BackupCase, and its database in Database.");

    internal static InvalidOperationException MatrixMethodTakesNoCase(string method) => new(
        $"'{method}' takes other parameters than a BackupCase, which is all that [BackupMatrix] has for it. Give it one parameter of this type.");

    internal static InvalidOperationException MatrixOutsideRelocationTest(string type) => new(
        $"'{type}' has a test with [BackupMatrix], and derives from neither RelocationTest<TContext> nor RelocationTest, which " +
        "make the database for it. Derive from one of them.");

    internal static InvalidOperationException NoBaselineToUse(string type) => new(
        $"'{type}' says nowhere what its database is made of. Give its base class a target and a backup, override Configure, or " +
        "derive a class from RelocationFixture in the namespace of the tests, or in none for all tests.");

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

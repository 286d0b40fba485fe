namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class VersionTests : RelocationTest
{
    [BackupMatrix("../backups/same.json", Versions = typeof(TagVersions), Engines = [typeof(SqliteEngine)])]
    public Task Map_in_a_version(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    [BackupMatrix("../backups/same.json", Versions = typeof(VersionTests))]
    public Task Versions_of_a_type_that_lists_none(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    /// <summary>What a case does not say itself; its version and target are the case's.</summary>
    protected override TestDatabaseOptions Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        Model = RelocationModel.Create("none", []),
    };
}

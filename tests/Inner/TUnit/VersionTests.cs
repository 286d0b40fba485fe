namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<VersionDatabase>(Shared = SharedType.PerClass)]
public sealed class VersionTests(VersionDatabase database) : RelocationTest(database)
{
    [Test]
    [BackupMatrix("../backups/same.json", Versions = typeof(TagVersions), Engines = [typeof(SqliteEngine)])]
    public Task Map_in_a_version(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    [Test]
    [BackupMatrix("../backups/same.json", Versions = typeof(VersionTests))]
    public Task Versions_of_a_type_that_lists_none(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);
}

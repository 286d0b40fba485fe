namespace Relocation.Testing.Inner.XunitV2;

public sealed class VersionTests(VersionDatabase database) : RelocationTest(database), IClassFixture<VersionDatabase>
{
    [BackupMatrix("../backups/same.json", Versions = typeof(TagVersions), Engines = [typeof(SqliteEngine)])]
    public Task Map_in_a_version() => CheckAsync(Database.Baseline[0].Map);

    [BackupMatrix("../backups/same.json", Versions = typeof(VersionTests))]
    public Task Versions_of_a_type_that_lists_none() => CheckAsync(Database.Baseline[0].Map);
}

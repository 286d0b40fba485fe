using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class MatrixTests : RelocationTest<ShopContext>
{
    // begin-snippet: mstest-matrix
    [BackupMatrix("../backups/**/*.json")]
    public Task Map_of_a_backup(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);
    // end-snippet

    [BackupMatrix("../backups/same.json", Engines = [typeof(SqliteEngine)], ApprovedPerEngine = true)]
    public async Task Map_of_an_engine(BackupCase backup)
    {
        Assert.AreEqual(("same.json", SqliteEngine.Instance), (BackupCase!.Name, BackupCase.Engine));
        Assert.AreEqual(2, Database.Baseline[0].Map.Count);
        await CheckAsync(Database.Baseline[0].Map);
    }

    [BackupMatrix("../backups/same.json", Versions = typeof(TagVersions), Engines = [typeof(SqliteEngine)])]
    public Task Versions_of_a_context(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    [BackupMatrix("../broken/*.json", Engines = [typeof(SqliteEngine)])]
    public Task Backup_that_is_broken(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    [BackupMatrix("nowhere/*.json")]
    public Task Pattern_that_matches_nothing(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    [BackupMatrix("../backups/*.json")]
    public Task Matrix_with_parameters(string backup) => CheckAsync(backup);
}

using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<TagMatrix>(Shared = SharedType.PerClass)]
public sealed class MatrixTests(TagMatrix database) : RelocationTest<ShopContext>(database)
{
    // begin-snippet: tunit-matrix
    [Test]
    [BackupMatrix("../backups/**/*.json")]
    public Task Map_of_a_backup(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);
    // end-snippet

    [Test]
    [BackupMatrix("../backups/same.json", Engines = [typeof(SqliteEngine)], ApprovedPerEngine = true)]
    public async Task Map_of_an_engine(BackupCase backup)
    {
        await Assert.That((BackupCase!.Name, BackupCase.Engine)).IsEqualTo(("same.json", SqliteEngine.Instance));
        await Assert.That(Database.Baseline[0].Map.Count).IsEqualTo(2);
        await CheckAsync(Database.Baseline[0].Map);
    }

    [Test]
    [BackupMatrix("../backups/same.json", Versions = typeof(TagVersions), Engines = [typeof(SqliteEngine)])]
    public Task Versions_of_a_context(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    [Test]
    [BackupMatrix("../broken/*.json", Engines = [typeof(SqliteEngine)])]
    public Task Backup_that_is_broken(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    [Test]
    [BackupMatrix("nowhere/*.json")]
    public Task Pattern_that_matches_nothing(BackupCase backup) => CheckAsync(Database.Baseline[0].Map);

    [Test]
    [BackupMatrix("../backups/*.json")]
    public Task Matrix_with_parameters(string backup) => CheckAsync(backup);
}

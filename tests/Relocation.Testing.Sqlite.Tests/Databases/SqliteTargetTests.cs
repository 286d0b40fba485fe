using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteTargetTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_file_is_made_and_stays()
    {
        await using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "shop.db");

        await using (await new SqliteUnderTest(() => SqliteTarget.File(path)).CreateAsync("CREATE TABLE item (id int)"))
        {
        }

        Assert.True(File.Exists(path));
        await Assert.ThrowsAsync<UnsafeDatabaseException>(
            () => new SqliteUnderTest(() => SqliteTarget.File(path)).CreateAsync("DROP TABLE item"));
    }

    [Fact]
    public async Task A_temporary_file_stays_when_it_is_to_be_kept()
    {
        string path;
        await using (var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = SqliteTarget.TemporaryFile(),
                Model = RelocationModel.Create("none", []),
                KeepDatabase = true,
                Schema = SchemaSource.From((connection, _) => connection.RunAsync("CREATE TABLE item (id int)")),
            },
            Cancel))
        {
            path = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        }

        Assert.True(File.Exists(path));
        File.Delete(path);
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteFileWaitingTests() : WaitingSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile))
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override string Holder => OperatingSystem.IsLinux() ? "another connection of this process, which writes to '" : "another connection, which ";

    protected override string Setting => "PRAGMA busy_timeout";

    protected override ValueTask<DbTransaction> BeginAsync(DbConnection connection) => new(((SqliteConnection)connection).BeginTransaction(deferred: true));

    /// <summary>What is left in a user's file is removed by the next test database there.</summary>
    [Fact]
    [Case("load/lock-timeout")]
    public async Task Test_database_of_the_users_is_disposed_while_others_write_to_it()
    {
        const string Ours = "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%relocation%'";
        await using var folder = new TemporaryFolder();
        var said = new List<string>();
        var options = new TestDatabaseOptions<ShelfContext>
        {
            Target = SqliteTarget.File(Path.Combine(folder.Path, "shelf_test.db")),
            CreateContext = static options => new ShelfContext(options),
            Log = said.Add,
        };
        await (await TestDatabase.CreateAsync(options, Cancel)).DisposeAsync();
        var database = await TestDatabase.CreateAsync(options, Cancel);
        await using var holder = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await holder.OpenAsync(Cancel);
        await holder.RunAsync("BEGIN IMMEDIATE");

        await database.DisposeAsync();

        Assert.Contains("noted changes could not be taken out of the test database (SQLite: ", Assert.Single(said), StringComparison.Ordinal);
        await holder.RunAsync("ROLLBACK");
        await using var count = holder.CreateCommand();
        count.CommandText = Ours;
        Assert.NotEqual(0L, await count.ExecuteScalarAsync(Cancel));
        await (await TestDatabase.CreateAsync(options, Cancel)).DisposeAsync();
        Assert.Equal(0L, await count.ExecuteScalarAsync(Cancel));
    }
}

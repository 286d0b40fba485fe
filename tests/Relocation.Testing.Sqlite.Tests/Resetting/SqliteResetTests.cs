using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Sqlite.Tests.Databases;
using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.Sqlite.Tests.Resetting;

public sealed class SqliteResetTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ResetTo.Empty)]
    [InlineData(ResetTo.Baseline)]
    public async Task Reset_says_so_when_a_transaction_is_open(ResetTo to)
    {
        await using var database = await new SqliteUnderTest(SqliteTarget.TemporaryFile).CreateAsync("CREATE TABLE item (id int)");
        await using var connection = (SqliteConnection)await database.OpenConnectionAsync(Cancel);
        await connection.RunAsync("BEGIN IMMEDIATE; INSERT INTO item VALUES (1)");

        var exception = await Record.ExceptionAsync(() => Task.Run(() => database.ResetAsync(to, Cancel), Cancel));

        Assert.IsType<ResetException>(exception);
        Assert.Contains("Dispose every reader", exception.Message, StringComparison.Ordinal);
        await connection.RunAsync("COMMIT");
        await database.ResetAsync(to, Cancel);
        Assert.Equal(0, await connection.CountAsync("item"));
    }

    [Fact]
    public async Task Reset_says_so_when_kept_rows_refer_to_nothing()
    {
        var respawner = new RespawnerOptions { TablesToInclude = [new Table("other")] };
        await using var database = await new SqliteUnderTest(SqliteTarget.InMemory).CreateAsync(
            "CREATE TABLE country (id int PRIMARY KEY); CREATE TABLE city (country int REFERENCES country (id)); CREATE TABLE other (id int)",
            reset: new ResetOptions { Respawner = respawner });
        await database.RunAsync("PRAGMA foreign_keys = OFF; INSERT INTO city VALUES (1); PRAGMA foreign_keys = ON");

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(ResetTo.Empty, Cancel));

        Assert.Contains("'city'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_keeps_the_write_ahead_log_of_a_file()
    {
        var engine = new SqliteUnderTest(SqliteTarget.TemporaryFile);
        await using var database = await engine.CreateAsync(
            "PRAGMA journal_mode = WAL; CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT)", "INSERT INTO item VALUES (NULL)");
        await using var open = await database.OpenConnectionAsync(Cancel);
        var baseline = await engine.FingerprintAsync(open);
        await open.RunAsync("INSERT INTO item VALUES (NULL), (NULL)");

        await database.ResetAsync(Cancel);

        Assert.Equal(baseline, await engine.FingerprintAsync(open));
        Assert.Equal("wal", await database.TextAsync("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Reset_undoes_changes_of_the_schema()
    {
        var engine = new SqliteUnderTest(SqliteTarget.InMemory);
        await using var database = await engine.CreateAsync("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
        await using var open = await database.OpenConnectionAsync(Cancel);
        var baseline = await engine.FingerprintAsync(open);
        await open.RunAsync("ALTER TABLE item ADD COLUMN more text; CREATE TABLE extra (id int); INSERT INTO extra VALUES (1)");

        await database.ResetAsync(Cancel);

        Assert.Equal(baseline, await engine.FingerprintAsync(open));
    }
}

using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Sqlite.Tests.Databases;
using Respawn;

namespace Relocation.Testing.Sqlite.Tests.Resetting;

public sealed class SqliteUndoLogTests
{
    private const string Item = "CREATE TABLE item (id INTEGER PRIMARY KEY, name text); INSERT INTO item VALUES (1, 'a'), (2, 'b');";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CREATE VIRTUAL TABLE words USING fts5(text)", "'words'")]
    [InlineData("CREATE UNIQUE INDEX lower_name ON item (lower(name))", "'lower_name'")]
    [InlineData("CREATE TABLE odd (rowid text, oid text, _rowid_ text)", "'odd'")]
    [InlineData("CREATE TABLE odd (name text UNIQUE NOT NULL DEFAULT bare)", "bare")]
    public async Task Undo_log_is_refused_by_name_when_changes_could_go_unnoticed_and_automatic_resets_all_the_same(string schema, string named)
    {
        var engine = new SqliteUnderTest(SqliteTarget.TemporaryFile);

        var exception = await Assert.ThrowsAsync<ResetException>(
            () => engine.CreateAsync(Item + schema, reset: new ResetOptions { Strategy = ResetStrategy.UndoLog }));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains("ResetStrategy.Copy", exception.Message, StringComparison.Ordinal);
        await using var database = await engine.CreateAsync(Item + schema);
        var baseline = await engine.FingerprintAsync(database);
        await database.RunAsync("INSERT OR REPLACE INTO item VALUES (1, 'b')");
        await database.ResetAsync(Cancel);
        Assert.Equal(baseline, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Reset_restores_the_baseline_when_plain_respawn_emptied_every_table()
    {
        var engine = new SqliteUnderTest(SqliteTarget.TemporaryFile);
        await using var database = await engine.CreateAsync(Item);
        var baseline = await engine.FingerprintAsync(database);
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        {
            var respawner = await Respawner.CreateAsync(connection, new RespawnerOptions { DbAdapter = DbAdapter.Sqlite });
            await respawner.ResetAsync(connection);
        }

        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM item"));
        await database.ResetAsync(Cancel);

        Assert.Equal(baseline, await engine.FingerprintAsync(database));
    }

    /// <summary>Rows whose indexed values have not changed keep their entries in indexes, which must not hold what only looks the same.</summary>
    [Theory]
    [InlineData("UPDATE part SET code = 'A' WHERE code = 'a'")]
    [InlineData("UPDATE part SET code = 1.0 WHERE code = 1")]
    [InlineData("UPDATE part SET code = '1' WHERE code = 1")]
    [InlineData("UPDATE part SET code = x'61', note = 1 WHERE code = 'a'")]
    [InlineData("UPDATE part SET note = 'changed'")]
    [InlineData("UPDATE part SET note = NULL, code = code || 'x'")]
    [InlineData("UPDATE part SET code = CASE code WHEN 'a' THEN 'b' WHEN 'b' THEN 'a' ELSE code END, note = note || '!'")]
    [InlineData("DELETE FROM part WHERE code = 'b'; INSERT INTO part (code, note) VALUES ('b', 'other'); UPDATE part SET id = id + 10")]
    public async Task Rows_and_their_index_come_back_when_indexed_values_changed_or_did_not(string changes)
    {
        var engine = new SqliteUnderTest(SqliteTarget.TemporaryFile);
        await using var database = await engine.CreateAsync(
            "CREATE TABLE part (id INTEGER PRIMARY KEY, code COLLATE NOCASE, note); CREATE INDEX part_code ON part (code);",
            "INSERT INTO part (code, note) VALUES ('a', 'x'), ('b', 'y'), (1, 'z'), (NULL, NULL)",
            new ResetOptions { Strategy = ResetStrategy.UndoLog });
        const string Rows = "SELECT group_concat(id || typeof(code) || quote(code) || quote(note) ORDER BY id) FROM part";
        var baseline = (await engine.FingerprintAsync(database), await database.TextAsync(Rows));

        for (var time = 0; time < 2; time++)
        {
            await database.RunAsync(changes);
            Assert.NotEqual(baseline.Item2, await database.TextAsync(Rows));
            await database.ResetAsync(Cancel);
        }

        Assert.Equal(baseline, (await engine.FingerprintAsync(database), await database.TextAsync(Rows)));
        Assert.Equal("ok", await database.TextAsync("PRAGMA integrity_check"));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM part INDEXED BY part_code WHERE code = 'a'"));
    }

    [Theory]
    [InlineData(ResetTo.Baseline, "2")]
    [InlineData(ResetTo.Empty, "0")]
    public async Task Reset_waits_for_a_connection_that_is_about_to_commit(ResetTo to, string rows)
    {
        var options = new ResetOptions { Strategy = ResetStrategy.UndoLog, EmptyBy = EmptyBy.TouchedTables };
        await using var database = await new SqliteUnderTest(SqliteTarget.TemporaryFile).CreateAsync(Item, reset: options);
        await using var other = await database.OpenConnectionAsync(Cancel);
        await other.RunAsync("BEGIN EXCLUSIVE");
        using var begun = new SemaphoreSlim(0);
        var reset = Task.Run(
            () =>
            {
                begun.Release();
                return database.ResetAsync(to, Cancel);
            },
            Cancel);
        await begun.WaitAsync(Cancel);
        await other.RunAsync(
            "WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO item SELECT i, 'new' FROM n; COMMIT");

        await reset;

        Assert.Equal(rows, await database.TextAsync("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task Numbers_of_changed_rows_and_last_keys_are_the_tests_own()
    {
        await using var database = await new SqliteUnderTest(SqliteTarget.InMemory).CreateAsync(Item);

        Assert.Equal("7|1", await database.TextAsync("INSERT INTO item (id, name) VALUES (7, 'x'); SELECT last_insert_rowid(), changes()"));
        Assert.Equal("3", await database.TextAsync("UPDATE item SET name = 'y'; SELECT changes()"));
        Assert.Equal("8|z", await database.TextAsync("INSERT INTO item (name) VALUES ('z') RETURNING id, name"));
    }

    [Fact]
    public async Task A_file_of_the_user_keeps_no_table_or_trigger_of_ours()
    {
        var engine = new SqliteUnderTest(SqliteTarget.TemporaryFile);
        var (target, remove) = await engine.MakeExistingAsync("shop_test");
        await using var _ = remove;
        const string Ours = "SELECT count(*) FROM sqlite_schema WHERE name LIKE '\\_\\_relocation\\_%' ESCAPE '\\'";
        string connectionString;
        await using (var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = target,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(Item)),
            },
            Cancel))
        {
            connectionString = database.ConnectionString;
            Assert.NotEqual("0", await database.TextAsync(Ours));
            await database.RunAsync("DELETE FROM item");
            await database.ResetAsync(Cancel);
        }

        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(Cancel);
        Assert.Equal("0", await connection.TextAsync(Ours));
        Assert.Equal("2", await connection.TextAsync("SELECT count(*) FROM item"));
    }
}

using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Resetting;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Sqlite.Resetting;

namespace Relocation.Testing.Sqlite.Tests.Resetting;

/// <summary>What a test leaves in its database beside rows is seen when it is looked at, and is either put right by the reset or refused.</summary>
[Case("load/bad-database-again")]
public sealed class SqliteLeftoversTests
{
    private const string Schema = """
        CREATE TABLE item (id INTEGER PRIMARY KEY, name text);
        CREATE INDEX item_name ON item (name);
        CREATE VIEW names AS SELECT name FROM item;
        INSERT INTO item VALUES (1, 'a'), (2, 'b');
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>In memory and in a file, by a log and by a copy.</summary>
    public static TheoryData<bool, bool> Kinds => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    [Theory]
    [MemberData(nameof(Kinds))]
    [Case("ddl")]
    public async Task A_changed_schema_is_named_and_put_back(bool inMemory, bool byLog)
    {
        await using var lease = await LeaseAsync(inMemory);
        await using var reset = await CaptureAsync(lease, byLog);
        foreach (var (change, named) in new[]
            {
                ("ALTER TABLE item ADD COLUMN more int", "altered table item"),
                ("CREATE TABLE mine (id int UNIQUE)", "added table mine"),
                ("DROP VIEW names; DROP TABLE item", "dropped table item, dropped index item_name, dropped view names"),
                ("DROP INDEX item_name", "dropped index item_name"),
            })
        {
            await RunAsync(lease, change);

            var leftovers = await reset.LookAsync(Cancel);
            await reset.RestoreAsync(Cancel);

            Assert.Equal($"changed the schema: {named}", Assert.Single(leftovers.Sentences));
            Assert.False(leftovers.MustBeReplaced);
            Assert.Empty((await reset.LookAsync(Cancel)).Sentences);
            Assert.Equal("1|a\n2|b", await TextAsync(lease, "SELECT * FROM item"));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Rows_and_what_was_taken_back_are_no_leftovers(bool inMemory, bool byLog)
    {
        await using var lease = await LeaseAsync(inMemory);
        await using var reset = await CaptureAsync(lease, byLog);
        await using var idle = await OpenAsync(lease);
        await idle.RunAsync("CREATE TABLE mine (id int); DROP TABLE mine; DELETE FROM item; BEGIN; CREATE TABLE other (id int); ROLLBACK");

        Assert.Empty((await reset.LookAsync(Cancel)).Sentences);
        await reset.RestoreAsync(Cancel);
        Assert.Empty((await reset.LookAsync(Cancel)).Sentences);
        Assert.Equal("2", await TextAsync(lease, "SELECT count(*) FROM item"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_open_reader_is_seen_though_nothing_was_written(bool inMemory, bool byLog)
    {
        await using var lease = await LeaseAsync(inMemory);
        await using var reset = await CaptureAsync(lease, byLog);
        await using var open = await OpenAsync(lease);
        await using (var command = open.CreateCommand())
        {
            command.CommandText = "SELECT * FROM item";
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            await reader.ReadAsync(Cancel);

            await AssertIsSeenAsync(reset, open, "a reader is open");
        }

        await AssertIsGoneAsync(reset, open);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_open_transaction_is_seen(bool inMemory, bool byLog)
    {
        await using var lease = await LeaseAsync(inMemory);
        await using var reset = await CaptureAsync(lease, byLog);
        await using var open = await OpenAsync(lease);
        await open.RunAsync("BEGIN; DELETE FROM item");

        await AssertIsSeenAsync(reset, open, "a transaction is open");

        await open.RunAsync("ROLLBACK");
        await AssertIsGoneAsync(reset, open);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_changed_schema_is_not_put_back_under_an_open_reader(bool byLog)
    {
        await using var lease = await LeaseAsync(inMemory: true);
        await using var reset = await CaptureAsync(lease, byLog);
        await RunAsync(lease, "CREATE TABLE mine (id int)");
        await using var open = await OpenAsync(lease);
        await using (var command = open.CreateCommand())
        {
            command.CommandText = "SELECT * FROM item";
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            await reader.ReadAsync(Cancel);
            await AssertIsSeenAsync(reset, open, "a reader is open");
        }

        await reset.RestoreAsync(Cancel);
        Assert.Equal("0", await TextAsync(lease, "SELECT count(*) FROM sqlite_schema WHERE name = 'mine'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deleted_file_is_named_and_made_again(bool byLog)
    {
        await using var lease = await LeaseAsync(inMemory: false);
        await using var reset = await CaptureAsync(lease, byLog);
        File.Delete(new SqliteConnectionStringBuilder(lease.ConnectionString).DataSource);

        var leftovers = await reset.LookAsync(Cancel);
        await reset.RestoreAsync(Cancel);

        Assert.Equal(["deleted its database"], leftovers.Sentences);
        Assert.Equal("2", await TextAsync(lease, "SELECT count(*) FROM item"));
    }

    /// <summary>The database can be thrown away, so nobody waits long.</summary>
    private static async Task AssertIsSeenAsync(BaselineReset reset, SqliteConnection open, string work)
    {
        Assert.Equal(work, SqliteEngine.Instance.WorkOf(open));
        var leftovers = await reset.LookAsync(Cancel);
        Assert.Equal(["left a transaction or a reader open"], leftovers.Sentences);
        Assert.True(leftovers.MustBeReplaced);
        var clock = Stopwatch.StartNew();
        var exception = await Assert.ThrowsAsync<ResetException>(() => reset.RestoreAsync(Cancel));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2.5);
        Assert.Contains("Dispose every reader", exception.Message, StringComparison.Ordinal);
    }

    private static async Task AssertIsGoneAsync(BaselineReset reset, SqliteConnection open)
    {
        Assert.Null(SqliteEngine.Instance.WorkOf(open));
        Assert.Empty((await reset.LookAsync(Cancel)).Sentences);
        await reset.RestoreAsync(Cancel);
        Assert.Equal("2", await open.TextAsync("SELECT count(*) FROM item"));
    }

    private static async Task<DatabaseLease> LeaseAsync(bool inMemory)
    {
        var target = inMemory ? SqliteTarget.InMemory() : SqliteTarget.TemporaryFile();
        var lease = await target.AcquireAsync(new DatabaseRequest(Keep: false, Patience.Default), Cancel);
        await RunAsync(lease, Schema);
        return lease;
    }

    private static async Task<BaselineReset> CaptureAsync(DatabaseLease lease, bool byLog)
    {
        if (!byLog)
        {
            var copy = new SqlitePageCopy(lease);
            await copy.CaptureAsync(Cancel);
            return copy;
        }

        var log = new SqliteUndoLog(lease);
        Assert.Empty(await log.PrepareAsync(Cancel));
        await log.CaptureAsync(Cancel);
        return log;
    }

    private static async Task<SqliteConnection> OpenAsync(DatabaseLease lease)
    {
        var connection = new SqliteConnection(lease.ConnectionString);
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private static async Task RunAsync(DatabaseLease lease, string sql)
    {
        await using var connection = await OpenAsync(lease);
        await connection.RunAsync(sql);
    }

    private static async Task<string> TextAsync(DatabaseLease lease, string sql)
    {
        await using var connection = await OpenAsync(lease);
        return await connection.TextAsync(sql);
    }
}

using System.Diagnostics;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

/// <summary>Sessions that a test leaves at work are named when its database is looked at, and where they are in the way of a reset.</summary>
[Case("load/bad-database-again")]
public sealed class PostgreSqlSessionTests(PostgreSqlFixture fixture)
{
    private const string Schema = """
        CREATE TABLE item (id int PRIMARY KEY, name text);
        INSERT INTO item SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) AS i;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transaction_left_open_is_named_without_the_values_of_its_statement(bool asOwner)
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema, asOwner);
        await using var open = await watched.OpenAsync("shop");
        await open.RunAsync("BEGIN; UPDATE item SET name = 's3cret' WHERE id = 4711");

        var leftovers = await watched.LookAsync();

        Assert.True(leftovers.MustBeReplaced);
        Assert.Matches(
            @"^left a transaction open for (less than a second|[\d.]+ s): session \d+ of 'shop' is idle in it, with locks on (public\.)?item; its last statement: UPDATE item SET name =…$",
            Assert.Single(leftovers.Sentences));
    }

    [Fact]
    public async Task A_transaction_that_only_reads_is_named_too()
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await using var open = await watched.OpenAsync();
        await open.RunAsync("BEGIN; SELECT count(*) FROM item");

        Assert.Contains("left a transaction open", Assert.Single((await watched.LookAsync()).Sentences), StringComparison.Ordinal);
        await watched.RestoreAsync();
    }

    [Fact]
    public async Task A_reader_left_open_is_named()
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await using var open = await watched.OpenAsync();
        await using var command = open.CreateCommand();
        command.CommandText = "SELECT * FROM item";
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        await reader.ReadAsync(Cancel);
        Assert.Equal("a reader is open", PostgreSqlEngine.Instance.WorkOf(open));

        // The server notices that nobody takes its rows when its buffers are full.
        var deadline = Stopwatch.StartNew();
        while (await watched.TextAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'ClientWrite' AND datname = current_database()") != "1"
            && deadline.Elapsed < TimeSpan.FromSeconds(20))
        {
            await Task.Yield();
        }

        var leftovers = await watched.LookAsync();

        Assert.True(leftovers.MustBeReplaced);
        Assert.Contains("left a reader open", Assert.Single(leftovers.Sentences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_left_running_is_named()
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await using var open = await watched.OpenAsync();
        using var stop = new CancellationTokenSource();
        await using var command = open.CreateCommand();
        command.CommandText = "SELECT pg_sleep(600)";
        var running = command.ExecuteNonQueryAsync(stop.Token);
        Assert.Equal("a statement is running", PostgreSqlEngine.Instance.WorkOf(open));

        var leftovers = await watched.LookAsync();

        Assert.Contains("left a statement running", Assert.Single(leftovers.Sentences), StringComparison.Ordinal);
        Assert.EndsWith("SELECT pg_sleep(?)", leftovers.Sentences[0], StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Idle_sessions_and_the_work_of_other_databases_are_none_of_the_tests()
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await using var other = await Watched.CreateAsync(fixture, Schema);
        await using var idle = await watched.OpenAsync();
        await idle.RunAsync("BEGIN; DELETE FROM item; ROLLBACK");
        Assert.Null(PostgreSqlEngine.Instance.WorkOf(idle));
        await using var elsewhere = await other.OpenAsync();
        await elsewhere.RunAsync("BEGIN; DELETE FROM item");

        var leftovers = await watched.LookAsync();
        await watched.RestoreAsync();

        Assert.Empty(leftovers.Sentences);
        Assert.False(leftovers.MustBeReplaced);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_fails_soon_and_names_the_transaction_that_still_writes(bool asOwner)
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema, asOwner);
        await using var open = await watched.OpenAsync("shop");
        await open.RunAsync("BEGIN; UPDATE item SET name = 's3cret'");
        var clock = Stopwatch.StartNew();

        var exception = await Assert.ThrowsAsync<ResetException>(watched.RestoreAsync);

        Assert.InRange(clock.Elapsed.TotalSeconds, 2.5, 20);
        Assert.Matches(@"\(session \d+ of 'shop' has a transaction open for [\d.]+ s and is idle in it, with locks on (public\.)?item; its last statement: UPDATE item", exception.Message);
        Assert.DoesNotContain("s3cret", exception.Message, StringComparison.Ordinal);
        await open.RunAsync("COMMIT");
        await watched.RestoreAsync();
        Assert.Equal("0", await watched.TextAsync("SELECT count(*) FROM item WHERE name LIKE 's%'"));
    }

    [Fact]
    public async Task A_reset_waits_for_a_transaction_that_is_about_to_end()
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await using var open = await watched.OpenAsync();
        await open.RunAsync("BEGIN; UPDATE item SET name = 'new'");

        var reset = watched.RestoreAsync();
        Assert.False(reset.IsCompleted);
        await open.RunAsync("COMMIT");
        await reset;

        Assert.Equal("0", await watched.TextAsync("SELECT count(*) FROM item WHERE name = 'new'"));
    }

    [Fact]
    public async Task A_lock_in_the_way_is_named()
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await watched.RunAsync("DELETE FROM item WHERE id = 1");
        await using var open = await watched.OpenAsync("shop");
        await open.RunAsync("BEGIN; LOCK TABLE item IN SHARE MODE");

        var exception = await Assert.ThrowsAsync<ResetException>(watched.RestoreAsync);

        Assert.Contains("of 'shop' has a transaction open", exception.Message, StringComparison.Ordinal);
        Assert.Contains("LOCK TABLE item IN SHARE MODE", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_a_test_ended_is_opened_again_and_the_reset_done()
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await watched.RestoreAsync();
        const string End = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        await watched.RunAsync($"DELETE FROM item; {End}");

        var leftovers = await watched.LookAsync();
        Assert.Equal(["ended the session that puts its database back"], leftovers.Sentences);
        Assert.False(leftovers.MustBeReplaced);
        await watched.RunAsync(End);
        await watched.RestoreAsync();

        Assert.Equal("20000", await watched.TextAsync("SELECT count(*) FROM item"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_that_a_test_deleted_is_named_and_replaced(bool andMadeAnother)
    {
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await watched.RestoreAsync();
        var name = new Npgsql.NpgsqlConnectionStringBuilder(watched.Lease.ConnectionString).Database;
        await watched.AdministerAsync($"DROP DATABASE {name} WITH (FORCE)");
        if (andMadeAnother)
        {
            await watched.AdministerAsync($"CREATE DATABASE {name}");
        }

        var leftovers = await watched.LookAsync();

        Assert.StartsWith("deleted its database", Assert.Single(leftovers.Sentences), StringComparison.Ordinal);
        Assert.True(leftovers.MustBeReplaced);
        await Assert.ThrowsAnyAsync<Exception>(watched.RestoreAsync);
    }

    [Fact]
    public async Task Nothing_is_said_of_the_test_where_the_server_does_not_answer()
    {
        await using var lease = new Unreachable();
        await using var reset = new Relocation.Testing.PostgreSql.Resetting.PostgreSqlUndoLog(lease, notesRows: true);
        await using var watched = await Watched.CreateAsync(fixture, Schema);
        await reset.AdoptAsync(watched.Reset, Cancel);

        Assert.Empty((await reset.LookAsync(Cancel)).Sentences);
    }
}

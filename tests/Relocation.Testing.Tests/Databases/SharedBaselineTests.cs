using System.Data.Common;
using Relocation.Testing.Databases;
using Xunit;

namespace Relocation.Testing.Tests.Databases;

public sealed class SharedBaselineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_gives_the_baseline_after_a_test_that_cleaned_nothing_up()
    {
        await using var baseline = await StartedAsync();
        await using (var first = await baseline.LeaseAsync(cancellationToken: Cancel))
        {
            await RunAsync(first.Database, "DELETE FROM item; INSERT INTO item (name) VALUES ('a'), ('b')");
        }

        await using var second = await baseline.LeaseAsync(cancellationToken: Cancel);

        Assert.Equal("1:baseline", await NamesAsync(second.Database));
    }

    [Fact]
    public async Task Lease_gives_an_empty_database_when_asked()
    {
        await using var baseline = await StartedAsync();

        await using var lease = await baseline.LeaseAsync(ResetTo.Empty, Cancel);

        Assert.Equal("0:", await NamesAsync(lease.Database));
    }

    [Fact]
    public async Task Database_keeps_what_a_test_left_until_the_next_lease()
    {
        await using var baseline = await StartedAsync();
        await using (var lease = await baseline.LeaseAsync(cancellationToken: Cancel))
        {
            await RunAsync(lease.Database, "DELETE FROM item");
        }

        Assert.Equal("0:", await NamesAsync(baseline.Database));
    }

    [Fact]
    public async Task Leases_wait_for_one_another_when_there_are_no_more_databases()
    {
        await using var baseline = await StartedAsync(maxDatabases: 1);
        var first = await baseline.LeaseAsync(cancellationToken: Cancel);
        var second = baseline.LeaseAsync(cancellationToken: Cancel);
        var third = baseline.LeaseAsync(cancellationToken: Cancel);
        Assert.False(second.IsCompleted || third.IsCompleted);

        await first.DisposeAsync();
        await first.DisposeAsync();
        var next = await Task.WhenAny(second, third);

        Assert.False((next == second ? third : second).IsCompleted);
        await (await next).DisposeAsync();
        await (await (next == second ? third : second)).DisposeAsync();
    }

    [Fact]
    public async Task Cancelled_wait_takes_no_turn()
    {
        await using var baseline = await StartedAsync(maxDatabases: 1);
        using var cancelled = new CancellationTokenSource();
        var first = await baseline.LeaseAsync(cancellationToken: Cancel);
        var second = baseline.LeaseAsync(cancellationToken: cancelled.Token);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first.DisposeAsync();

        await using var third = await baseline.LeaseAsync(cancellationToken: Cancel);
        Assert.Equal("1:baseline", await NamesAsync(third.Database));
    }

    [Fact]
    public async Task A_database_that_is_in_use_is_replaced_and_keeps_no_turn()
    {
        await using var baseline = await StartedAsync(maxDatabases: 1);
        var first = baseline.Database;
        await using var writer = await first.OpenConnectionAsync(Cancel);
        await using var open = await writer.BeginTransactionAsync(Cancel);
        await RunAsync(writer, "UPDATE item SET name = 'held'");

        for (var i = 0; i < 2; i++)
        {
            await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
            Assert.NotSame(first, lease.Database);
            Assert.Same(baseline.Database, lease.Database);
            Assert.Equal("1:baseline", await NamesAsync(lease.Database));
        }
    }

    [Fact]
    public async Task Failure_of_the_start_is_thrown_by_every_use()
    {
        await using var baseline = new SharedBaseline(_ => throw new InvalidOperationException("the cause"));

        await baseline.StartAsync(Cancel);

        Assert.Equal("the cause", Assert.Throws<InvalidOperationException>(() => baseline.Database).Message);
        for (var i = 0; i < 3; i++)
        {
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => baseline.LeaseAsync(cancellationToken: Cancel));
            Assert.Equal("the cause", exception.Message);
        }

        Assert.Null(baseline.SkipReason);
    }

    [Fact]
    public async Task Use_before_the_start_says_what_to_do()
    {
        await using var baseline = new SharedBaseline(_ => throw new InvalidOperationException("not called"));

        var exception = Assert.Throws<InvalidOperationException>(() => baseline.Database);

        Assert.Contains("SharedBaseline.StartAsync", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Password=secret;Database=test", "Host=db;Password=***;Database=test")]
    [InlineData("host=db;PWD=secret", "host=db;pwd=***")]
    [InlineData("Data Source=test.db", "Data Source=test.db")]
    public void Connection_string_is_shown_without_its_password(string connectionString, string shown) =>
        Assert.Equal(shown, ShownConnectionString.Of(connectionString), ignoreCase: true);

    private static async Task<SharedBaseline> StartedAsync(int maxDatabases = 4)
    {
        var baseline = new SharedBaseline(cancellationToken => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = SqliteTarget.InMemory(),
                MaxDatabases = maxDatabases,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) =>
                    RunAsync(connection, "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO item VALUES (7, 'baseline')")),
            },
            cancellationToken));
        await baseline.StartAsync(Cancel);
        return baseline;
    }

    private static async Task RunAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await RunAsync(connection, sql);
    }

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<string?> NamesAsync(TestDatabase database)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) || ':' || coalesce(group_concat(name), '') FROM item";
        return (string?)await command.ExecuteScalarAsync(Cancel);
    }
}

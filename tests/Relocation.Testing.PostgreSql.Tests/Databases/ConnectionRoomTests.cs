using System.Collections.Concurrent;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Tests.Server;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

/// <summary>Leases wait for what a server can bear. Each test has a server of its own that allows 20 connections, 17 of them to us.</summary>
public sealed class ConnectionRoomTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _said = [];
    private RestartableServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RestartableServer.MakeAsync("max_connections=20");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Case("load/too-many-clients")]
    public async Task Sixty_four_leases_at_once_all_succeed_on_a_server_of_twenty_connections()
    {
        await using var baseline = await StartAsync(databases: 64);
        var holding = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(
            async () =>
            {
                await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
                InterlockedMost(ref most, Interlocked.Increment(ref holding));
                await using var first = await lease.Database.OpenConnectionAsync(Cancel);
                await using var second = await lease.Database.OpenConnectionAsync(Cancel);
                Assert.Equal("1", await first.TextAsync("SELECT count(*) FROM item"));
                await second.RunAsync("INSERT INTO item VALUES (2)");
                Interlocked.Decrement(ref holding);
            },
            Cancel)));

        Assert.InRange(most, 2, 5);
    }

    /// <summary>Two processes are two owners, as far as a server can tell.</summary>
    [Fact]
    [Case("load/too-many-clients")]
    public async Task Two_processes_share_the_connections()
    {
        var (one, other) = (Room("one"), Room("two"));
        var taken = new List<ReservedRoom>
        {
            await ReserveAsync(one, 3),
            await ReserveAsync(other, 3),
            await ReserveAsync(one, 3),
            await ReserveAsync(other, 3),
        };
        var waiting = ReserveAsync(other, 3);
        await SaidAsync();
        Assert.False(waiting.IsCompleted);

        await taken[0].DisposeAsync();

        await (await waiting).DisposeAsync();
        var said = Assert.Single(_said);
        Assert.Contains("the PostgreSQL server allows 17", said, StringComparison.Ordinal);
        Assert.Contains("12 are reserved for test databases (6 for those of this process)", said, StringComparison.Ordinal);
        await Task.WhenAll(taken.Skip(1).Select(room => room.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Sessions_of_others_count_as_they_are()
    {
        await using var first = await _server.OpenAsync();
        await using var second = await _server.OpenAsync();
        await using var third = await _server.OpenAsync();
        var room = Room("one");
        var taken = new List<ReservedRoom> { await ReserveAsync(room, 3), await ReserveAsync(room, 3), await ReserveAsync(room, 3) };
        var waiting = ReserveAsync(room, 3);
        await SaidAsync();

        await third.DisposeAsync();
        await second.DisposeAsync();
        await first.DisposeAsync();

        taken.Add(await waiting);
        await Task.WhenAll(taken.Select(reserved => reserved.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Waiting_ends_after_the_limit_with_figures()
    {
        var room = Room("one");
        await using var taken = await ReserveAsync(room, 14);

        var exception = await Assert.ThrowsAsync<DatabaseException>(
            () => room.ReserveAsync(3, new Patience(TimeSpan.FromMilliseconds(200), _said.Enqueue), static () => true, Cancel));

        Assert.Equal(DatabaseFault.TooManyConnections, exception.Fault);
        Assert.Contains("allows 17, of which 14 are reserved", exception.Message, StringComparison.Ordinal);
        Assert.Contains("max_connections", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>As long as it takes is a limit like any other.</summary>
    [Fact]
    public async Task The_longest_time_there_is_may_be_waited()
    {
        var room = await Room("one").ReserveAsync(3, new Patience(TimeSpan.MaxValue, _said.Enqueue), static () => true, Cancel);

        await room!.DisposeAsync();
    }

    [Fact]
    public async Task What_a_server_can_never_bear_is_refused_at_once()
    {
        var exception = await Assert.ThrowsAsync<DatabaseException>(() => ReserveAsync(Room("one"), 18));

        Assert.Contains("a test may open 18 connections, ours included, and the server allows 17", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_waits_has_the_connections_of_databases_that_no_test_has()
    {
        var room = Room("one");
        var closed = 0;
        var idle = new List<ReservedRoom>();
        for (var i = 0; i < 4; i++)
        {
            idle.Add(await ReserveAsync(room, 3));
        }

        foreach (var reserved in idle.Skip(1))
        {
            reserved.Idle(() =>
            {
                Interlocked.Increment(ref closed);
                return ValueTask.CompletedTask;
            });
        }

        Assert.True(idle[3].TryTakeUp());
        var next = await ReserveAsync(room, 3);

        Assert.Equal(2, closed);
        Assert.False(idle[1].TryTakeUp());
        await idle[1].Closed.WaitAsync(Cancel);
        Assert.Empty(_said);
        await next.DisposeAsync();
        await idle[0].DisposeAsync();
        await idle[3].DisposeAsync();
    }

    [Fact]
    public async Task Databases_that_no_test_has_close_their_connections_after_a_while()
    {
        await using var baseline = await StartAsync(databases: 2);
        await using (var lease = await baseline.LeaseAsync(cancellationToken: Cancel))
        {
            await lease.Database.RunAsync("INSERT INTO item VALUES (2)");
        }

        await Eventually.HoldsAsync(async () => await CountAsync("pg_stat_activity WHERE datname LIKE 'relocation_test_%'") == 0);

        await using var again = await baseline.LeaseAsync(cancellationToken: Cancel);
        Assert.Equal("1", await again.Database.TextAsync("SELECT count(*) FROM item"));
    }

    /// <summary>The server does not wait for our account of it: others may take the last connection at any moment.</summary>
    [Fact]
    public async Task A_server_that_is_full_is_waited_for()
    {
        // A superuser may have those too that are reserved.
        var others = new List<NpgsqlConnection>();
        for (var i = 0; i < 20; i++)
        {
            others.Add(await _server.OpenAsync());
        }

        await using var baseline = new SharedBaseline(cancel => TestDatabase.CreateAsync(Options(databases: 2), cancel));
        var starting = baseline.StartAsync(Cancel);
        await SaidAsync();
        Assert.False(starting.IsCompleted);

        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        await starting;
        await using var lease = await baseline.LeaseAsync(cancellationToken: Cancel);
        Assert.Equal("1", await lease.Database.TextAsync("SELECT count(*) FROM item"));
    }

    private static void InterlockedMost(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private async Task<long> CountAsync(string from)
    {
        await using var connection = await _server.OpenAsync();
        return await connection.CountAsync(from);
    }

    private async Task SaidAsync() => await Eventually.HoldsAsync(() => Task.FromResult(!_said.IsEmpty));

    private ConnectionRoom Room(string process) =>
        ConnectionRoom.Of(new NpgsqlConnectionStringBuilder(_server.ConnectionString), Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(process.PadRight(8))));

    private async Task<ReservedRoom> ReserveAsync(ConnectionRoom room, int connections) =>
        (await room.ReserveAsync(connections, new Patience(TimeSpan.FromMinutes(1), _said.Enqueue), static () => true, Cancel))!;

    private async Task<SharedBaseline> StartAsync(int databases)
    {
        var baseline = new SharedBaseline(cancel => TestDatabase.CreateAsync(Options(databases), cancel));
        await baseline.StartAsync(Cancel);
        return baseline;
    }

    private TestDatabaseOptions Options(int databases) => new()
    {
        Target = PostgreSqlTarget.OnServer(_server.ConnectionString),
        Model = RelocationModel.Create("none", []),
        Schema = SchemaSource.From((connection, _) => connection.RunAsync("CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item VALUES (1)")),
        MaxDatabases = databases,
        Log = _said.Enqueue,
    };
}

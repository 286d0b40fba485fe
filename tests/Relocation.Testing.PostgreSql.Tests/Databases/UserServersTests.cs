using System.Globalization;
using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Tests.Server;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

/// <summary>A server of the user's that is started anew while processes have databases there: the living keep theirs, the dead do not.</summary>
[Case("load/restart-sweep")]
public sealed class UserServersTests : IAsyncLifetime
{
    private readonly List<string> _said = [];
    private RestartableServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RestartableServer.MakeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Databases_of_a_living_process_survive_a_restart_and_the_sweep_of_another_one()
    {
        var living = Process();
        await using var database = await CreateAsync(living);
        await _server.RestartAsync();

        // Another process starts at once, and one that finds the server long after its start: by then the living has marked itself again.
        await (await CreateAsync(Process())).DisposeAsync();
        Assert.Equal([database.Name], await _server.DatabasesAsync());
        await Eventually.HoldsAsync(() => IsMarkedAsync(OwnerOf(database.Name)));
        await SweepAsync(TimeSpan.Zero);
        Assert.Equal([database.Name], await _server.DatabasesAsync());

        // It goes on using its database, and its name.
        await using var copy = await database.CopyAsync(new DatabaseRequest(Keep: false, Patience.Default), Cancel);
        Assert.Equal(OwnerOf(database.Name), OwnerOf(copy.Name));
    }

    [Fact]
    public async Task Tests_that_come_after_a_restart_go_on_with_their_databases_though_another_process_has_swept()
    {
        await using var baseline = new SharedBaseline(cancel => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = PostgreSqlTarget.OnServer(_server.ConnectionString),
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync("CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item VALUES (1)")),
                MaxDatabases = 2,
            },
            cancel));
        await baseline.StartAsync(Cancel);
        await UseBothAsync();
        var names = await _server.DatabasesAsync();

        await _server.RestartAsync();
        await (await CreateAsync(Process())).DisposeAsync();
        await UseBothAsync();

        Assert.Equal(names, await _server.DatabasesAsync());

        async Task UseBothAsync()
        {
            await using var first = await baseline.LeaseAsync(cancellationToken: Cancel);
            await using var second = await baseline.LeaseAsync(cancellationToken: Cancel);
            foreach (var lease in (TestLease[])[first, second])
            {
                Assert.Equal("1", await lease.Database.TextAsync("SELECT count(*) FROM item"));
                await lease.Database.RunAsync("DELETE FROM item");
            }
        }
    }

    [Fact]
    public async Task Only_what_dead_processes_have_left_is_swept()
    {
        var start = await StartOfServerAsync();
        var spared = await MakeAsync(start - 100);
        var sameSecond = await MakeAsync(start);
        var abandoned = await MakeAsync(start + 1);
        var used = await MakeAsync(start + 2);
        var marked = await MakeAsync(start + 3);
        var another = "relocation_test_mine";
        await ExecuteAsync($"CREATE DATABASE {another}");
        await using var user = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = used }.ToString());
        await user.OpenAsync(Cancel);
        await using var mark = await _server.OpenAsync();
        await mark.TextAsync($"SELECT pg_advisory_lock_shared({long.Parse(OwnerOf(marked), NumberStyles.HexNumber, CultureInfo.InvariantCulture)})");

        await SweepAsync(DatabaseSweep.Grace);
        Assert.Equal(Sorted(spared, sameSecond, used, marked, another), await _server.DatabasesAsync());

        // Long after the start of the server, those who live are marked.
        await SweepAsync(TimeSpan.Zero);
        Assert.Equal(Sorted(used, marked, another), await _server.DatabasesAsync());
        Assert.DoesNotContain(abandoned, await _server.DatabasesAsync());
    }

    [Fact]
    public async Task Server_that_goes_on_after_a_crash_of_a_session_counts_as_started_then()
    {
        var start = await StartOfServerAsync();
        var before = await MakeAsync(start + 1);
        await Eventually.HoldsAsync(async () => await SecondAsync("clock_timestamp()") > start + 1);
        await using (var connection = await _server.OpenAsync())
        {
            await ShellCommand.RunAsync(["kill", "-KILL", connection.ProcessID.ToString(CultureInfo.InvariantCulture)], Cancel);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.TextAsync("SELECT pg_sleep(30)"));
        }

        await Eventually.HoldsAsync(CanConnectAsync);

        await SweepAsync(DatabaseSweep.Grace);

        Assert.Equal([before], await _server.DatabasesAsync());
    }

    [Fact]
    public async Task Server_is_swept_again_at_a_later_use()
    {
        var clock = new SteppedClock();
        var process = new UserServers(clock, _said.Add);
        await using var database = await CreateAsync(process);
        var abandoned = await MakeAsync(await StartOfServerAsync() + 1);

        await (await database.CopyAsync(new DatabaseRequest(Keep: false, Patience.Default), Cancel)).DisposeAsync();
        Assert.Contains(abandoned, await _server.DatabasesAsync());

        clock.Now += UserServers.BetweenSweeps;
        await (await database.CopyAsync(new DatabaseRequest(Keep: false, Patience.Default), Cancel)).DisposeAsync();
        Assert.Equal([database.Name], await _server.DatabasesAsync());
    }

    [Fact]
    public async Task Mark_is_renewed_under_the_same_name_when_somebody_ends_its_session()
    {
        await using var database = await CreateAsync(Process());
        for (var time = 0; time < 2; time++)
        {
            var session = await SessionOfMarkAsync();
            await ExecuteAsync($"SELECT pg_terminate_backend({session})");

            await Eventually.HoldsAsync(async () => await SessionOfMarkAsync() is { Length: > 0 } renewed && renewed != session);

            Assert.True(await IsMarkedAsync(OwnerOf(database.Name)));
        }
    }

    [Fact]
    public async Task Mark_ends_with_the_last_database()
    {
        var process = Process();
        var database = await CreateAsync(process);
        var copy = await database.CopyAsync(new DatabaseRequest(Keep: false, Patience.Default), Cancel);
        await database.DisposeAsync();
        Assert.True(await IsMarkedAsync(OwnerOf(copy.Name)));

        await copy.DisposeAsync();

        await Eventually.HoldsAsync(async () => (await SessionOfMarkAsync()).Length == 0);
        Assert.Empty(await _server.DatabasesAsync());
    }

    [Fact]
    public async Task Disposal_is_quiet_and_said_when_the_server_is_gone_and_the_next_process_drops_what_is_left()
    {
        var database = await CreateAsync(Process());
        var template = await database.MakeTemplateAsync(Cancel);
        await _server.StopAsync();
        Assert.Contains("cannot be reached", (await Assert.ThrowsAsync<PostgreSqlUnavailableException>(() => CreateAsync(Process()))).Message, StringComparison.Ordinal);

        await template!.DisposeAsync();
        await database.DisposeAsync();

        Assert.Equal(2, _said.Count);
        Assert.Contains($"The test database '{database.Name}' on the PostgreSQL server '", _said[1], StringComparison.Ordinal);
        Assert.Contains("could not be dropped: the server cannot be reached. It is left, and the next test process", _said[1], StringComparison.Ordinal);
        await _server.StartAsync();
        Assert.Equal(2, (await _server.DatabasesAsync()).Length);
        await SweepAsync(TimeSpan.Zero);
        Assert.Empty(await _server.DatabasesAsync());
    }

    /// <summary>What another process has: marks and databases of its own.</summary>
    private UserServers Process() => new(TimeProvider.System, _said.Add);

    private async Task<CreatedDatabase> CreateAsync(UserServers process) => await CreatedDatabase.CreateAsync(
        await process.UseAsync(_server.ConnectionString, Cancel), template: null, new DatabaseRequest(Keep: false, Patience.Default), Cancel);

    private async Task SweepAsync(TimeSpan grace)
    {
        var use = new ServerUse(new NpgsqlConnectionStringBuilder(_server.ConnectionString), string.Empty, _ => null!, () => Task.CompletedTask);
        await DatabaseSweep.RunAsync(use, grace, Cancel);
    }

    /// <summary>Makes a database of a process that has marked itself first at that second.</summary>
    private async Task<string> MakeAsync(long second)
    {
        var name = TestDatabaseName.Make($"{second:x8}{TestDatabaseName.MakeOwner()[..8]}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return name;
    }

    private Task<long> StartOfServerAsync() => SecondAsync("pg_postmaster_start_time()");

    private async Task<long> SecondAsync(string moment)
    {
        await using var connection = await _server.OpenAsync();
        return long.Parse(await connection.TextAsync($"SELECT floor(extract(epoch FROM {moment}))::bigint"), CultureInfo.InvariantCulture);
    }

    private async Task<bool> IsMarkedAsync(string owner)
    {
        await using var connection = await _server.OpenAsync();
        return await connection.TextAsync($"""
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND to_hex(classid::bigint) = '{owner[..8].TrimStart('0')}'
                AND to_hex(objid::bigint) = '{owner[8..].TrimStart('0')}'
            """) == "1";
    }

    /// <summary>The process of the session that holds a mark; empty where none does.</summary>
    private async Task<string> SessionOfMarkAsync()
    {
        await using var connection = await _server.OpenAsync();
        return await connection.TextAsync("SELECT pid FROM pg_locks WHERE locktype = 'advisory'");
    }

    private async Task<bool> CanConnectAsync()
    {
        try
        {
            await using var connection = await _server.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _server.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static string OwnerOf(string database) => database.Split('_')[2];

    private static string[] Sorted(params string[] names) => [.. names.Order(StringComparer.Ordinal)];

    private sealed class SteppedClock : TimeProvider
    {
        internal TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}

using System.Diagnostics;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Server;

/// <summary>A throw-away server that ends while it is used: killed, crashed, or out of room.</summary>
[Case("load/server-ended")]
public sealed class ServerEndedTests : IDisposable
{
    private const int MaxDatabases = 2;

    /// <summary>Trying to reach a server takes longer than that; being told that it is gone takes no time.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    private readonly SharedPostgreSqlServer _shared = new();
    private readonly List<string> _said = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DatabaseRequest Request => new(Keep: false, new Patience(TimeSpan.FromMinutes(1), _said.Add));

    private PostgreSqlThrowAwayTarget Target => new(PostgreSqlEngine.Instance, _shared);

    public void Dispose() => _shared.Dispose();

    [Theory]
    [InlineData("-QUIT", "received immediate shutdown request")]
    [InlineData("-KILL", "database system is ready to accept connections")]
    public async Task Its_users_are_told_and_new_ones_get_another(string signal, string lastWords)
    {
        PostgreSqlServerTests.RequirePrograms();
        var first = (CreatedDatabase)await Target.AcquireAsync(Request, Cancel);
        var template = await first.MakeTemplateAsync(Cancel);
        var second = await Target.AcquireAsync(Request, Cancel);
        var ended = _shared.Current!;
        Assert.False(ended.HasEnded);

        await KillAsync(ended, signal);

        // Whether it is known by then that it has ended or not.
        var next = await Target.AcquireAsync(Request, Cancel);
        Assert.True(ended.HasEnded);
        Assert.NotSame(ended, _shared.Current);
        Assert.False(_shared.Current!.HasEnded);
        await using (var connection = new NpgsqlConnection(next.ConnectionString))
        {
            await connection.OpenAsync(Cancel);
        }

        var said = Assert.Single(_said);
        Assert.Contains($"'{ended.Folder}' has ended; another one is started.", said, StringComparison.Ordinal);
        Assert.Contains(lastWords, said, StringComparison.Ordinal);

        var started = Stopwatch.GetTimestamp();
        foreach (var use in (Func<Task>[])[() => template!.CopyAsync(Request, Cancel), () => first.MakeTemplateAsync(Cancel), () => first.DisconnectAsync(Cancel)])
        {
            var refusal = await Assert.ThrowsAsync<PostgreSqlUnavailableException>(use);
            Assert.Contains("throw-away PostgreSQL server of this process has ended", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(lastWords, refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"The server's folder '{ended.Folder}' is on the file system '", refusal.Message, StringComparison.Ordinal);
        }

        await template!.DisposeAsync();
        await first.DisposeAsync();
        Assert.True(Directory.Exists(ended.Folder), "Another user still counts on it.");
        await second.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, AtOnce);
        Assert.False(Directory.Exists(ended.Folder));
        Assert.Contains(lastWords, ended.Ended().Message, StringComparison.Ordinal);

        // Those who use it now are not disturbed by the end of the other one.
        await (await Target.AcquireAsync(Request, Cancel)).DisposeAsync();
        var last = _shared.Current!;
        await next.DisposeAsync();
        Assert.False(Directory.Exists(last.Folder));
        Assert.Null(_shared.Current);
        Assert.Single(_said);
    }

    [Theory]
    [InlineData(ResetStrategy.UndoLog)]
    [InlineData(ResetStrategy.Copy)]
    [InlineData(ResetStrategy.Rollback)]
    public async Task Disposal_is_quiet(ResetStrategy strategy)
    {
        PostgreSqlServerTests.RequirePrograms();
        var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = Target,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync("CREATE TABLE item (id serial PRIMARY KEY, name text)")),
                Reset = new ResetOptions { Strategy = strategy },
            },
            Cancel);
        await database.ResetAsync(Cancel);
        var server = _shared.Current!;
        await KillAsync(server, "-QUIT");
        await Eventually.HoldsAsync(() => server.HasEnded);

        await Assert.ThrowsAnyAsync<RelocationException>(() => database.ResetAsync(Cancel));
        await Assert.ThrowsAsync<DatabaseNotKeptException>(() => database.KeepAsync(new KeptPlace("/nowhere", "A.Test", default), Cancel));
        await database.DisposeAsync();

        Assert.Null(_shared.Current);
    }

    [Fact]
    public async Task Tests_that_wait_for_a_database_get_one_of_the_next_server()
    {
        PostgreSqlServerTests.RequirePrograms();
        await using var baseline = await StartAsync();
        var leases = new List<TestLease>();
        for (var i = 0; i < MaxDatabases; i++)
        {
            leases.Add(await LeaseAsync(baseline));
        }

        var waiting = Enumerable.Range(0, 2 * MaxDatabases).Select(_ => Task.Run(
            async () =>
            {
                await using var lease = await LeaseAsync(baseline);
                await lease.Database.RunAsync("INSERT INTO item VALUES (2)");
            },
            Cancel)).ToArray();
        var server = _shared.Current!;
        await KillAsync(server, "-QUIT");
        await Eventually.HoldsAsync(() => server.HasEnded);

        foreach (var lease in leases)
        {
            await lease.DisposeAsync();
        }

        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task Tests_that_come_after_get_databases_of_every_baseline()
    {
        PostgreSqlServerTests.RequirePrograms();
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        foreach (var baseline in (SharedBaseline[])[one, other])
        {
            await (await LeaseAsync(baseline)).DisposeAsync();
        }

        var ended = _shared.Current!;

        // A server that is killed outright leaves its sessions for a moment, and a test that has one is in flight.
        await KillAsync(ended, "-QUIT");
        await Eventually.HoldsAsync(() => ended.HasEnded);

        foreach (var baseline in (SharedBaseline[])[one, other, one, other])
        {
            await using var first = await LeaseAsync(baseline);
            await using var second = await LeaseAsync(baseline);
            Assert.Equal("1", await first.Database.TextAsync("SELECT count(*) FROM item"));
            await second.Database.RunAsync("DELETE FROM item");
        }

        Assert.NotSame(ended, _shared.Current);
        await one.DisposeAsync();
        await other.DisposeAsync();
        Assert.False(Directory.Exists(ended.Folder));
        Assert.Null(_shared.Current);
    }

    [Fact]
    public async Task A_crash_of_one_session_is_no_end()
    {
        PostgreSqlServerTests.RequirePrograms();
        var server = await _shared.UseAsync(Cancel);
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ToString()))
        {
            await connection.OpenAsync(Cancel);
            await ShellCommand.RunAsync(["kill", "-KILL", connection.ProcessID.ToString(System.Globalization.CultureInfo.InvariantCulture)], Cancel);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.TextAsync("SELECT pg_sleep(30)"));
        }

        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await using var connection = new NpgsqlConnection(server.ConnectionString);
                await connection.OpenAsync(Cancel);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });

        Assert.False(server.HasEnded);
        Assert.Same(server, await _shared.UseAsync(Cancel));
        await _shared.ReleaseAsync(server);
        await _shared.ReleaseAsync(server);
        Assert.Empty(_said);
    }

    [Fact]
    public async Task Server_whose_watchdog_was_killed_is_replaced_and_removed()
    {
        PostgreSqlServerTests.RequirePrograms();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked up in /proc.");
        var first = await _shared.UseAsync(Cancel);
        var postmaster = PostmasterOf(first);
        await ShellCommand.RunAsync(["kill", "-KILL", PostgreSqlServerTests.ParentOf(int.Parse(postmaster, System.Globalization.CultureInfo.InvariantCulture)).ToString(System.Globalization.CultureInfo.InvariantCulture)], Cancel);
        await Eventually.HoldsAsync(() => first.HasEnded);

        var second = await _shared.UseAsync(1, _said.Add, Cancel);

        Assert.NotSame(first, second);
        Assert.Single(_said);
        await _shared.ReleaseAsync(first);
        await _shared.ReleaseAsync(second);
        Assert.False(Directory.Exists(first.Folder));
        await Eventually.HoldsAsync(() => !Directory.Exists($"/proc/{postmaster}"));
    }

    [Fact]
    public async Task Log_of_a_server_says_nothing_of_what_tests_write()
    {
        PostgreSqlServerTests.RequirePrograms();
        var server = await _shared.UseAsync(Cancel);
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ToString()))
        {
            await connection.OpenAsync(Cancel);
            await Assert.ThrowsAsync<PostgresException>(() => connection.TextAsync("SELECT 's3cret'::int"));
            await Assert.ThrowsAsync<PostgresException>(() => connection.TextAsync("DO $$ BEGIN RAISE WARNING 's3cret'; RAISE 's3cret'; END $$"));
        }

        await KillAsync(server, "-QUIT");
        await Eventually.HoldsAsync(() => server.HasEnded);

        Assert.DoesNotContain("s3cret", await File.ReadAllTextAsync(Path.Combine(server.Folder, "log"), Cancel), StringComparison.Ordinal);
        await _shared.ReleaseAsync(server);
    }

    private static Task<TestLease> LeaseAsync(SharedBaseline baseline) => baseline.LeaseAsync(cancellationToken: Cancel);

    private async Task<SharedBaseline> StartAsync()
    {
        var baseline = new SharedBaseline(cancel => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = Target,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync("CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item VALUES (1)")),
                MaxDatabases = MaxDatabases,
                Log = static _ => { },
            },
            cancel));
        await baseline.StartAsync(Cancel);
        return baseline;
    }

    private static Task<string> KillAsync(PostgreSqlServer server, string signal) => ShellCommand.RunAsync(["kill", signal, PostmasterOf(server)], Cancel);

    private static string PostmasterOf(PostgreSqlServer server) => File.ReadLines(Path.Combine(server.Folder, "data", "postmaster.pid")).First();
}

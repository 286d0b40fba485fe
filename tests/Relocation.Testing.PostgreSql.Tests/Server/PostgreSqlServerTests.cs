using System.Diagnostics;
using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Server;

/// <summary>These start servers of their own; where the machine has no server's programs, they are skipped as the others are.</summary>
public sealed class PostgreSqlServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_gone_when_it_is_disposed_though_connections_are_open()
    {
        var server = await StartAsync();
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Cancel);
        Assert.Equal("off|", await connection.TextAsync("SELECT current_setting('fsync'), current_setting('listen_addresses')"));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(server.Folder));
        NpgsqlConnection.ClearPool(connection);
    }

    [Fact]
    public async Task Servers_are_separate_when_they_start_at_the_same_time()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync()));

        Assert.Equal(3, servers.Select(server => server.Folder).Distinct().Count());
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        Assert.DoesNotContain(servers, server => Directory.Exists(server.Folder));
    }

    [Fact]
    public async Task A_shared_server_runs_while_anybody_uses_it()
    {
        await (await StartAsync()).DisposeAsync();
        using var shared = new SharedPostgreSqlServer();
        var first = await shared.UseAsync(Cancel);
        var second = await shared.UseAsync(Cancel);
        Assert.Same(first, second);

        await shared.ReleaseAsync(first);
        Assert.True(Directory.Exists(first.Folder));
        await shared.ReleaseAsync(second);

        Assert.False(Directory.Exists(first.Folder));
    }

    [Fact]
    public async Task A_server_is_gone_when_its_host_is_killed()
    {
        await (await StartAsync()).DisposeAsync();
        var report = Path.GetTempFileName();
        using var host = StartHost(report);
        var lines = await WaitForAsync(() => File.ReadAllLines(report), read => read.Length == 2);
        var (folder, server) = (lines[0], int.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(IsRunning(server));

        host.Kill(entireProcessTree: false);
        await host.WaitForExitAsync(Cancel);

        await WaitForAsync(() => Directory.Exists(folder), exists => !exists);
        Assert.False(IsRunning(server));
        File.Delete(report);
    }

    [Theory]
    [Case("segments")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_is_gone_with_the_next_start_when_all_that_watched_it_was_killed(bool serverToo)
    {
        await (await StartAsync()).DisposeAsync();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked up in /proc.");
        var report = Path.GetTempFileName();
        using var host = StartHost(report);
        var lines = await WaitForAsync(() => File.ReadAllLines(report), read => read.Length == 2);
        var (folder, server) = (lines[0], int.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture));
        var segment = SharedSegments.Of(await File.ReadAllLinesAsync(Path.Combine(folder, "data", "postmaster.pid"), Cancel))!.Value;
        Assert.NotNull(SharedSegmentsTests.Attached(segment));
        var watchdog = ParentOf(server);
        int[] watchers = [.. ChildrenOf(watchdog).Where(child => child != server), watchdog, host.Id];
        foreach (var pid in serverToo ? [.. watchers, server] : watchers)
        {
            using var process = Process.GetProcessById(pid);
            process.Kill(entireProcessTree: false);
        }

        await host.WaitForExitAsync(Cancel);
        Assert.True(Directory.Exists(folder));

        // A killed process is still there for a moment.
        await WaitForAsync(() => IsRunning(server), runs => runs == !serverToo);

        var next = await StartAsync();
        await next.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        await WaitForAsync(() => IsRunning(server), runs => !runs);
        Assert.Null(SharedSegmentsTests.Attached(segment));
        File.Delete(report);
    }

    [Fact]
    public async Task What_killed_processes_have_left_is_removed_wherever_they_put_it()
    {
        RequirePrograms();
        string[] parents = [.. new[] { "/dev/shm", "/tmp", Path.GetTempPath() }.Where(Directory.Exists)];
        string[] folders = [.. parents.Select(parent => Path.Combine(parent, $"relocation-pg-{TestDatabaseName.MakeOwner()}-00000000"))];
        foreach (var folder in folders)
        {
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, "log"), "left", Cancel);
        }

        await (await StartAsync()).DisposeAsync();

        Assert.DoesNotContain(folders, Directory.Exists);
    }

    internal static int ParentOf(int pid) => int.Parse(
        File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<int> ChildrenOf(int pid) => File.ReadAllText($"/proc/{pid}/task/{pid}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, System.Globalization.CultureInfo.InvariantCulture));

    private static Process StartHost(string report)
    {
        var assembly = typeof(PostgreSqlServerTests).Assembly.Location;
        return HostProcess.Start(new ProcessStartInfo("dotnet", [assembly]) { Environment = { [HeldServer.Report] = report } });
    }

    /// <summary>A process that has ended and was not yet collected by its parent does not run.</summary>
    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !File.Exists($"/proc/{pid}/stat") || !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            // It ended before it was found, or before it was read.
            return false;
        }
    }

    private static async Task<T> WaitForAsync<T>(Func<T> read, Predicate<T> isThere)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var value = read();
            if (isThere(value))
            {
                return value;
            }

            // Servers and watchdogs are no children of ours, so nothing tells of their end.
            await Task.Delay(100, Cancel);
        }

        throw new TimeoutException("It did not happen within a minute.");
    }

    /// <summary>Uses a server; the test is skipped where the machine has none.</summary>
    internal static Task<PostgreSqlServer> UseAsync(SharedPostgreSqlServer shared) => OrSkipAsync(shared.UseAsync);

    /// <summary>Skips the test where the machine has no server's programs.</summary>
    internal static PostgreSqlBinaries RequirePrograms()
    {
        var found = PostgreSqlBinaries.Find(
            PostgreSqlEnvironment.Read(PostgreSqlEnvironment.Binaries), PostgreSqlEnvironment.Read("PATH"), PostgreSqlEnvironment.CacheFolder(), out _);
        Assert.SkipWhen(found is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), "The machine has no server's programs.");
        return found ?? throw new InvalidOperationException("Where CI is set, no test may be skipped, and this machine has no server's programs.");
    }

    private static Task<PostgreSqlServer> StartAsync() => OrSkipAsync(PostgreSqlServer.StartAsync);

    private static async Task<PostgreSqlServer> OrSkipAsync(Func<CancellationToken, Task<PostgreSqlServer>> start)
    {
        try
        {
            return await start(Cancel);
        }
        catch (PostgreSqlUnavailableException exception) when (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }
}

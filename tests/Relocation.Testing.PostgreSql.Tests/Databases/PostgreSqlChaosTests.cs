using System.Diagnostics;
using Relocation.Testing.PostgreSql.Tests.Server;
using Relocation.Testing.Specification.Chaos;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

/// <summary>On a server of their own, which is restarted meanwhile, with a small mount where the test may make one.</summary>
public sealed class PostgreSqlChaosTests() : ChaosSpecification(typeof(PostgreSqlChaosTests).Assembly.Location), IAsyncLifetime
{
    private const string Tablespace = "small";

    private readonly DirectoryInfo _mount = Directory.CreateTempSubdirectory("small-");
    private RestartableServer _server = null!;
    private bool _isMounted;

    protected override int Restarts => 3;

    protected override DatabaseUnderTest Engine => new PostgreSqlUnderTest(_server.ConnectionString);

    protected override string? SmallPlace => _isMounted ? Tablespace : null;

    public async ValueTask InitializeAsync()
    {
        _server = await RestartableServer.MakeAsync();
        if (!OperatingSystem.IsLinux() || !await RunAsync("mount", "-t", "tmpfs", "-o", "size=4m", "relocation", _mount.FullName))
        {
            return;
        }

        _isMounted = true;
        await _server.OwnAsync(_mount.FullName);
        await using var connection = await _server.OpenAsync();
        await connection.RunAsync($"CREATE TABLESPACE {Tablespace} LOCATION '{_mount.FullName}'");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (_isMounted)
        {
            Assert.True(await RunAsync("umount", _mount.FullName));
        }

        _mount.Delete(recursive: true);
    }

    protected override Task RestartAsync() => _server.RestartAsync();

    private static async Task<bool> RunAsync(string command, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}

using System.Diagnostics;
using Npgsql;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing.PostgreSql.Tests.Server;

/// <summary>A server as a user has one, which stays when it is stopped and goes on where it was.</summary>
internal sealed class RestartableServer : IAsyncDisposable
{
    /// <summary>Ends the server when its standard input ends, and so with the tests' process too, however that ends.</summary>
    private const string Watchdog = """
        trap '' INT TERM HUP QUIT
        exec 3<&0
        ( trap - INT TERM HUP QUIT; exec "$@" </dev/null 3<&- ) &
        server=$!
        ( read -r _ <&3; kill -INT $server ) &
        reader=$!
        wait $server
        kill -KILL $reader
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("restart-");
    private readonly ServerAccount _account = ServerAccount.Choose(Environment.IsPrivilegedProcess, File.ReadLines("/etc/passwd"))!;
    private readonly PostgreSqlBinaries _binaries;
    private readonly IReadOnlyList<string> _settings;
    private Process? _server;

    private RestartableServer(PostgreSqlBinaries binaries, IReadOnlyList<string> settings)
    {
        _binaries = binaries;
        _settings = settings;
        ConnectionString = new NpgsqlConnectionStringBuilder { Host = _folder.FullName, Username = "postgres", Database = "postgres", Pooling = false }.ToString();
    }

    internal string ConnectionString { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Makes and starts one; the test is skipped where the machine has no server's programs.</summary>
    /// <param name="settings">Its own settings, as <c>name=value</c>.</param>
    internal static async Task<RestartableServer> MakeAsync(params IReadOnlyList<string> settings)
    {
        var binaries = PostgreSqlServerTests.RequirePrograms();
        var server = new RestartableServer(binaries, settings);
        var template = await ClusterTemplate.GetAsync(binaries, server._account, PostgreSqlEnvironment.CacheFolder(), Cancel);
        await ShellCommand.RunAsync(["cp", "-R", template, server.Data], Cancel);
        await server.OwnAsync(server._folder.FullName);
        await server.StartAsync();
        return server;
    }

    /// <summary>Makes a folder the server's own.</summary>
    internal async Task OwnAsync(string folder)
    {
        if (_account.Owner is { } owner)
        {
            await ShellCommand.RunAsync(["chown", "-R", owner, folder], Cancel);
        }
    }

    internal async Task StartAsync()
    {
        string[] command =
        [
            .. _account.Prefix, _binaries.Postgres, "-D", Data, "-c", "listen_addresses=", "-c", $"unix_socket_directories={_folder.FullName}",
            "-c", "fsync=off", "-c", "log_min_messages=panic", .. _settings.SelectMany(setting => (string[])["-c", setting]),
        ];
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec >/dev/null 2>&1\n{Watchdog}", "restartable", .. command])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
        };
        _server = Process.Start(start)!;
        await Eventually.HoldsAsync(async () =>
        {
            Assert.False(_server.HasExited, "The server did not start.");
            var lines = await ReadNoteAsync();
            return lines.Length > 7 && lines[7].Trim() == "ready";
        });
    }

    internal async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            server.StandardInput.Close();
            await server.WaitForExitAsync(CancellationToken.None);
            server.Dispose();
        }
    }

    internal async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    internal async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Cancel);
        return connection;
    }

    /// <summary>The names of the databases of ours, in their order.</summary>
    internal async Task<string[]> DatabasesAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("SELECT datname FROM pg_database WHERE datname LIKE 'relocation%' ORDER BY 1", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var names = new List<string>();
        while (await reader.ReadAsync(Cancel))
        {
            names.Add(reader.GetString(0));
        }

        return [.. names];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<string[]> ReadNoteAsync()
    {
        try
        {
            return await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid"), Cancel);
        }
        catch (IOException)
        {
            return [];
        }
    }
}

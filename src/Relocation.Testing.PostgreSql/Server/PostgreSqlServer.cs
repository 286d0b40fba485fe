using System.Diagnostics;
using Npgsql;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>A throw-away server: on a unix socket only, durable in nothing, gone with this process however it ends.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    /// <summary>
    /// Starts the server and outlives us just long enough to remove it: its standard input is a pipe that we hold, which ends
    /// when we close it or die. Terminals send their signals to it too, hence the trap.
    /// </summary>
    private const string Watchdog = """
        trap '' INT TERM HUP QUIT
        run=$1 template=$2 owner=$3
        shift 3
        exec 3<&0
        umask 077
        mkdir "$run" && cp -R "$template" "$run/data" && chmod 700 "$run/data" &&
            { [ -z "$owner" ] || chown -R "$owner" "$run"; } || { rm -rf "$run"; exit 1; }
        ( trap - INT TERM HUP QUIT; exec "$@" </dev/null >"$run/log" 2>&1 3<&- ) &
        server=$!
        ( read -r _ <&3; [ -e "$run/ended" ] || kill -INT $server ) &
        wait $server
        : >"$run/ended"
        wait
        rm -rf "$run"
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _watchdog;
    private readonly ServerFolder _folder;

    private PostgreSqlServer(Process watchdog, ServerFolder folder, string programs)
    {
        _watchdog = watchdog;
        _folder = folder;
        Programs = programs;
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = folder.Path,
            Port = 5432,
            Username = "postgres",
            Database = "postgres",
        }.ToString();
    }

    /// <summary>Where it lives.</summary>
    internal string Folder => _folder.Path;

    /// <summary>The folder of its programs.</summary>
    internal string Programs { get; }

    /// <summary>A connection string of a superuser, to the database <c>postgres</c>.</summary>
    internal string ConnectionString { get; }

    /// <summary>Starts a server.</summary>
    /// <exception cref="PostgreSqlUnavailableException">There is none on this machine, or it does not start.</exception>
    internal static async Task<PostgreSqlServer> StartAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw ServerErrors.ServerUnsupported();
        }

        var cache = PostgreSqlEnvironment.CacheFolder();
        var binaries = PostgreSqlBinaries.Find(
            PostgreSqlEnvironment.Read(PostgreSqlEnvironment.Binaries), PostgreSqlEnvironment.Read("PATH"), cache, out var looked)
            ?? throw ServerErrors.ServerNotFound(looked);
        var account = ServerAccount.Choose(Environment.IsPrivilegedProcess, File.ReadLines("/etc/passwd"))
            ?? throw ServerErrors.NoAccount();
        var template = await ClusterTemplate.GetAsync(binaries, account, cache, cancellationToken).ConfigureAwait(false);
        var folder = await ServerFolder.ChooseAsync(cancellationToken).ConfigureAwait(false);
        var server = new PostgreSqlServer(StartWatchdog(folder.Path, template, binaries, account), folder, binaries.Folder);
        try
        {
            await server.WaitAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the server and waits until its folder is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _watchdog.StandardInput.Close();
        await _watchdog.WaitForExitAsync().ConfigureAwait(false);
        _watchdog.Dispose();
        _folder.Release();
    }

    private static Process StartWatchdog(string folder, string template, PostgreSqlBinaries binaries, ServerAccount account)
    {
        string[] settings =
        [
            "listen_addresses=", $"unix_socket_directories={folder}", "port=5432", "max_connections=200", "fsync=off",
            "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "max_wal_size=4GB",
        ];
        string[] command =
        [
            .. account.Prefix, binaries.Postgres, "-D", Path.Combine(folder, "data"),
            .. settings.SelectMany(setting => (string[])["-c", setting]),
        ];
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", $"exec >/dev/null 2>&1\n{Watchdog}", "relocation-pg", folder, template, account.Owner ?? string.Empty, .. command])
        {
            RedirectStandardInput = true,

            // The account of the server may not enter the folder that we are in.
            WorkingDirectory = "/",
        };
        return Process.Start(start)!;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!IsReady())
        {
            if (_watchdog.HasExited || File.Exists(Path.Combine(Folder, "ended")))
            {
                throw ServerErrors.ServerEnded(await ReadLogAsync(cancellationToken).ConfigureAwait(false));
            }

            if (Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                throw ServerErrors.ServerSlow(StartLimit, await ReadLogAsync(cancellationToken).ConfigureAwait(false));
            }

            // The server says that it is ready in its own file only, and asking pg_ctl to wait would do the same a tenth as often.
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The eighth line of the server's own file says that it takes connections.</summary>
    private bool IsReady()
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(Folder, "data", "postmaster.pid"));
            return lines.Length > 7 && lines[7].Trim() == "ready";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<string> ReadLogAsync(CancellationToken cancellationToken)
    {
        var log = Path.Combine(Folder, "log");
        return File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken).ConfigureAwait(false) : string.Empty;
    }
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Relocation.Testing.Files;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>A throw-away server: only on a Unix socket, without durability, and removed with this process, however that ends.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    /// <summary>The smallest number of connections of a server.</summary>
    internal const int LeastConnections = 200;

    /// <summary>What a server takes beside the connections of tests: ours that make, copy and drop databases, and the reserved ones.</summary>
    private const int OtherConnections = 20;

    /// <summary>
    /// Starts the server and outlives us just long enough to remove it: its standard input is a pipe that we hold, which ends
    /// when we close it or die. Terminals send their signals to it too, hence the trap. The file <c>running</c> is there while the server is: to
    /// remove a file takes no room. What goes wrong before the server starts is written to us, since a full disk takes no log.
    /// </summary>
    private const string Watchdog = """
        trap '' INT TERM HUP QUIT
        run=$1 template=$2 owner=$3
        shift 3
        exec 3<&0
        umask 077
        mkdir "$run" && cp -R "$template" "$run/data" && chmod 700 "$run/data" && : >"$run/running" && : >"$run/log" &&
            { [ -z "$owner" ] || chown -R "$owner" "$run"; } || { rm -rf "$run"; exit 1; }
        exec 2>/dev/null
        ( trap - INT TERM HUP QUIT; exec "$@" </dev/null >"$run/log" 2>&1 3<&- ) &
        server=$!
        ( read -r _ <&3; kill -INT $server ) &
        reader=$!
        wait $server
        kill -KILL $reader
        rm -f "$run/running"

        # A server that was killed leaves its note, and a segment of shared memory; its last sessions let go of that in their own time.
        line=0 segment= left=50
        [ -e "$run/data/postmaster.pid" ] && [ -e /proc/sysvipc/shm ] && while read -r _ number _; do
            line=$((line + 1))
            [ $line != 7 ] || segment=$number
        done <"$run/data/postmaster.pid"
        while [ -n "$segment" ] && [ $left -gt 0 ]; do
            found= left=$((left - 1))
            while read -r _ number _ _ creator _ attached _; do
                [ "$number" = "$segment" ] && [ "$creator" = "$server" ] && found=$attached
            done </proc/sysvipc/shm
            case $found in
                '') segment= ;;
                0) ipcrm -m "$segment"; segment= ;;
                *) sleep 0.1 ;;
            esac
        done
        read -r _ <&3
        rm -rf "$run"
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait for the end of a server whose connections have broken.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Process _watchdog;
    private readonly ServerFolder _folder;
    private bool _isReady;
    private string? _end;

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

    /// <summary>Its folder.</summary>
    internal string Folder => _folder.Path;

    /// <summary>The folder of its programs.</summary>
    internal string Programs { get; }

    /// <summary>A connection string of a superuser, to the database <c>postgres</c>.</summary>
    internal string ConnectionString { get; }

    /// <summary>
    /// Whether it is gone for good: it was killed, has crashed, or has come to the end of its room; or it was stopped by us. One that ends its
    /// sessions after a crash of one of them, and goes on, has not ended. The end of its log is kept from the first time that this is seen.
    /// </summary>
    internal bool HasEnded
    {
        get
        {
            if (_end is null && _isReady && (!File.Exists(Path.Combine(Folder, "running")) || _watchdog.HasExited))
            {
                _end = ReadLog();
            }

            return _end is not null;
        }
    }

    /// <summary>Starts a server with room for as many connections as any has.</summary>
    /// <exception cref="PostgreSqlUnavailableException">There is none on this machine, or it does not start.</exception>
    internal static Task<PostgreSqlServer> StartAsync(CancellationToken cancellationToken) => StartAsync(LeastConnections, cancellationToken);

    /// <summary>Starts a server.</summary>
    /// <param name="connections">How many connections those who use it may open. It takes more, and never fewer than any server of ours.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="PostgreSqlUnavailableException">There is none on this machine, or it does not start.</exception>
    internal static async Task<PostgreSqlServer> StartAsync(int connections, CancellationToken cancellationToken)
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
        string[] command =
        [
            .. account.Prefix, binaries.Postgres, "-D", Path.Combine(folder.Path, "data"),
            .. Settings(folder.Path, connections, folder.Room).SelectMany(setting => (string[])["-c", setting]),
        ];
        var server = new PostgreSqlServer(StartWatchdog(folder.Path, template, account, command), folder, binaries.Folder);
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

    /// <summary>
    /// What a server is told. Its log holds what it says of itself, and no errors of statements, which may hold what tests have written. Shared memory of
    /// parallel queries is a file in its folder: other kinds stay behind when it is killed.
    /// </summary>
    /// <param name="folder">The folder of its socket.</param>
    /// <param name="connections">How many connections those who use it may open.</param>
    /// <param name="room">Where its folder is.</param>
    internal static IReadOnlyList<string> Settings(string folder, int connections, ServerRoom room) =>
    [
        "listen_addresses=", $"unix_socket_directories={folder}", "port=5432",
        string.Create(CultureInfo.InvariantCulture, $"max_connections={Math.Max(LeastConnections, connections + OtherConnections)}"),
        "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
        string.Create(CultureInfo.InvariantCulture, $"max_wal_size={room.LogMegabytes}MB"),
        string.Create(CultureInfo.InvariantCulture, $"min_wal_size={ServerRoom.LeastLog >> 21}MB"),
        "dynamic_shared_memory_type=mmap", "log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse", "log_checkpoints=off",
    ];

    /// <summary>Waits briefly for the end of a server whose connections have broken.</summary>
    /// <returns>Whether it has ended; a server that goes on after a crash of one of its sessions has not.</returns>
    internal async Task<bool> EndsAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!HasEnded && Stopwatch.GetElapsedTime(started) < EndLimit)
        {
            // Its end shows in files of its watchdog only.
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        return HasEnded;
    }

    /// <summary>The exception if it was needed and has ended.</summary>
    internal PostgreSqlUnavailableException Ended(Exception? cause = null) => ServerErrors.ServerGone(_end ?? ReadLog(), Place, cause);

    /// <summary>The message if another server takes its place.</summary>
    internal string Replaced() => ServerErrors.ServerReplaced(Folder, _end ?? ReadLog());

    /// <summary>Its folder, the free space there, and who chose it.</summary>
    internal string Place => $"{FolderRoom.Of(Folder)}; {_folder.Room.Reason}";

    /// <summary>Stops the server and waits until its folder is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _end ??= ReadLog();
        _watchdog.StandardInput.Close();
        await _watchdog.WaitForExitAsync().ConfigureAwait(false);
        _watchdog.Dispose();
        try
        {
            if (Directory.Exists(Folder))
            {
                // The watchdog was killed.
                await AbandonedServers.RemoveAsync(Folder, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PostgreSqlUnavailableException)
        {
            // The next server to start removes it.
        }
        finally
        {
            _folder.Release();
        }
    }

    private static Process StartWatchdog(string folder, string template, ServerAccount account, string[] command)
    {
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", $"exec >/dev/null\n{Watchdog}", "relocation-pg", folder, template, account.Owner ?? string.Empty, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,

            // The account of the server may not enter the folder that we are in.
            WorkingDirectory = "/",
        };
        return Process.Start(start)!;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var said = _watchdog.StandardError.ReadToEndAsync(cancellationToken);
        while (!IsReady())
        {
            if (_watchdog.HasExited || (File.Exists(Path.Combine(Folder, "log")) && !File.Exists(Path.Combine(Folder, "running"))))
            {
                // A copy that fails says so of each file.
                var log = ReadLog() is { Length: > 0 } written ? written : ServerLog.EndOf(await said.ConfigureAwait(false), most: 2);
                throw ServerErrors.ServerEnded(log, FolderRoom.Of(Folder), Place);
            }

            if (Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                throw ServerErrors.ServerSlow(StartLimit, ReadLog(), Place);
            }

            // The server says that it is ready in its own file only, and asking pg_ctl to wait would do the same a tenth as often.
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        _isReady = true;
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

    private string ReadLog() => ServerLog.ReadEnd(Path.Combine(Folder, "log"));
}

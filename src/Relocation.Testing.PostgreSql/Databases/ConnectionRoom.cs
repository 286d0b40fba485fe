using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>
/// Shares a server's connections among the leases of all processes: each lease reserves those that its test may open and one of ours, and
/// waits in order while there is no room.
/// </summary>
/// <remarks>
/// A reservation is an advisory lock on a session of its own, so that other processes see it and a killed one leaves none. For each process
/// the greater of reserved and used connections counts; other sessions count as they are. Databases without a test keep reservation and
/// connections until another lease waits or a short time has passed.
/// </remarks>
internal sealed class ConnectionRoom : IDisposable
{
    /// <summary>The first key of a reservation, to which the number of connections is added.</summary>
    private const int FirstKey = 0x52540000;

    private const int MostConnections = 0xFFFF;

    /// <summary>The key of the lock for reserving room: two processes must not take the same connections.</summary>
    private const long TurnKey = 0x52656C6F63617465;

    /// <summary>Connections kept free for creating, copying and dropping databases, and for looking for room.</summary>
    private const int LeftOver = 3;

    private const string ApplicationName = "Relocation.Testing room of ";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a database without a test keeps its connections.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    private static readonly string RoomSql = $"""
        WITH session AS (
            SELECT pid, application_name AS name, substring(datname::text from '^relocation_test_([0-9a-f]+)_[0-9a-f]+$') AS owner
            FROM pg_catalog.pg_stat_activity WHERE usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'),
        reserved AS (
            SELECT substring(s.name from '([0-9a-f]+)$') AS owner, sum(l.classid::bigint - {FirstKey.ToString(CultureInfo.InvariantCulture)}) AS n
            FROM pg_catalog.pg_locks AS l JOIN session AS s ON s.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.objsubid = 2
                AND l.classid::bigint BETWEEN {FirstKey.ToString(CultureInfo.InvariantCulture)} AND {(FirstKey + MostConnections).ToString(CultureInfo.InvariantCulture)}
                AND starts_with(s.name, '{ApplicationName}')
            GROUP BY 1),
        used AS (SELECT owner, count(*) AS n FROM session WHERE owner IS NOT NULL GROUP BY owner)
        SELECT current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint
                - coalesce(nullif(current_setting('reserved_connections', true), ''), '0')::bigint,
            coalesce((SELECT sum(greatest(coalesce(r.n, 0), coalesce(u.n, 0))) FROM reserved AS r FULL JOIN used AS u USING (owner)), 0)::bigint,
            (SELECT count(*) FROM session WHERE owner IS NULL)
        """;

    private static readonly ConcurrentDictionary<(string Server, string Owner), ConnectionRoom> OfProcess = [];

    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly string _owner;
    private readonly SemaphoreSlim _line = new(1);
    private readonly SemaphoreSlim _session = new(1);
    private readonly Lock _lock = new();
    private readonly List<ReservedRoom> _reserved = [];
    private NpgsqlConnection? _connection;
    private int _number;
    private bool _closesLater;

    private ConnectionRoom(NpgsqlConnectionStringBuilder server, string owner) => (_server, _owner) = (server, owner);

    /// <summary>The room of a server. Its session is open while anything is reserved.</summary>
    /// <param name="server">The server.</param>
    /// <param name="owner">The name of this process there, which is part of its databases' names.</param>
    internal static ConnectionRoom Of(NpgsqlConnectionStringBuilder server, string owner) =>
        OfProcess.GetOrAdd((server.ConnectionString, owner), static (_, given) => new ConnectionRoom(given.server, given.owner), (server, owner));

    /// <summary>Reserves room for a test's connections; waits in order until there is any.</summary>
    /// <param name="connections">How many, ours included.</param>
    /// <param name="patience">How long.</param>
    /// <param name="isNeeded">Checked while waiting.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The room, or null if it is no longer needed.</returns>
    /// <exception cref="DatabaseException">There was no room within the limit.</exception>
    internal async Task<ReservedRoom?> ReserveAsync(int connections, Patience patience, Func<bool> isNeeded, CancellationToken cancellationToken)
    {
        connections = Math.Min(connections, MostConnections);
        var started = Stopwatch.GetTimestamp();
        if (!await _line.WaitAsync(patience.Limit, cancellationToken).ConfigureAwait(false))
        {
            throw RoomErrors.NoTurn(patience.Limit, Held());
        }

        try
        {
            var last = RoomFigures.Unknown;
            ReservedRoom? reserved = null;
            await patience.Less(Stopwatch.GetElapsedTime(started)).AwaitAsync(
                async cancel =>
                {
                    if (!isNeeded())
                    {
                        return this;
                    }

                    (reserved, last) = await TryReserveAsync(connections, cancel).ConfigureAwait(false);
                    if (reserved is null && await CloseIdleAsync(TimeSpan.Zero).ConfigureAwait(false))
                    {
                        (reserved, last) = await TryReserveAsync(connections, cancel).ConfigureAwait(false);
                    }

                    if (reserved is null && last != RoomFigures.Unknown && last.Allowed < connections)
                    {
                        throw RoomErrors.TooFew(connections, last);
                    }

                    return reserved is null ? null : this;
                },
                _ => Task.FromResult(RoomErrors.Waiting(connections, last, Held())),
                (waited, what) => RoomErrors.NoRoom(waited, what),
                Pause,
                cancellationToken).ConfigureAwait(false);
            return reserved;
        }
        finally
        {
            _line.Release();
        }
    }

    /// <summary>Takes a reservation again that no test has used meanwhile, unless it was given up.</summary>
    internal bool TryTakeUp(ReservedRoom room)
    {
        lock (_lock)
        {
            return room.TakeUp();
        }
    }

    /// <summary>The database has no test: its connections are closed when others wait, or shortly after.</summary>
    internal void Idle(ReservedRoom room, Func<ValueTask> close)
    {
        lock (_lock)
        {
            room.BecomeIdle(close);
            if (_closesLater)
            {
                return;
            }

            _closesLater = true;
        }

        _ = Task.Run(CloseLaterAsync);
    }

    /// <summary>Releases room once there are no connections.</summary>
    internal async Task GiveUpAsync(ReservedRoom room)
    {
        await _session.WaitAsync().ConfigureAwait(false);
        try
        {
            bool isLast;
            lock (_lock)
            {
                if (!_reserved.Remove(room))
                {
                    return;
                }

                isLast = _reserved.Count == 0;
            }

            if (_connection is not { } connection)
            {
                return;
            }

            if (isLast)
            {
                _connection = null;
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            else if (room.Session == connection && connection.State == System.Data.ConnectionState.Open)
            {
                await connection.ExecuteAsync($"SELECT pg_catalog.pg_advisory_unlock_shared({room.Keys})", CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (PostgreSqlFaults.Of(exception) is not null)
        {
            // The session has ended, and its locks with it.
        }
        finally
        {
            _session.Release();
        }
    }

    public void Dispose()
    {
        _line.Dispose();
        _session.Dispose();
    }

    private int Held()
    {
        lock (_lock)
        {
            return _reserved.Sum(room => room.Connections);
        }
    }

    /// <summary>Reserves room; null if there is none, or no connection to ask through.</summary>
    private async Task<(ReservedRoom? Room, RoomFigures Figures)> TryReserveAsync(int connections, CancellationToken cancellationToken)
    {
        await _session.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
            ReservedRoom room;
            RoomFigures figures;
            await session.ExecuteAsync($"SELECT pg_catalog.pg_advisory_lock({TurnKey.ToString(CultureInfo.InvariantCulture)})", cancellationToken).ConfigureAwait(false);
            try
            {
                var row = (await session.ReadAsync(RoomSql, cancellationToken).ConfigureAwait(false))[0];
                figures = new RoomFigures((long)row[0]!, (long)row[1]!, (long)row[2]!);
                if (figures.Free < connections + Math.Min(LeftOver, figures.Allowed / 8))
                {
                    return (null, figures);
                }

                room = new ReservedRoom(this, session, Keys(connections, ++_number), connections);
                await session.ExecuteAsync($"SELECT pg_catalog.pg_advisory_lock_shared({room.Keys})", cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await session.ExecuteAsync($"SELECT pg_catalog.pg_advisory_unlock({TurnKey.ToString(CultureInfo.InvariantCulture)})", CancellationToken.None)
                    .ConfigureAwait(false);
            }

            // If the session has broken by then, its locks are gone, and nothing is reserved.
            lock (_lock)
            {
                _reserved.Add(room);
            }

            return (room, figures);
        }
        catch (Exception exception) when (PostgreSqlFaults.Of(exception) is { Fault: DatabaseFault.TooManyConnections })
        {
            return (null, RoomFigures.Unknown);
        }
        finally
        {
            _session.Release();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is { State: System.Data.ConnectionState.Open } open)
        {
            return open;
        }

        if (_connection is { } broken)
        {
            _connection = null;
            await broken.DisposeAsync().ConfigureAwait(false);
        }

        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.ConnectionString)
        {
            Pooling = false,
            KeepAlive = 30,
            ApplicationName = ApplicationName + _owner,
        }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await TakeOverAsync(connection, cancellationToken).ConfigureAwait(false);
            _connection = connection;
            return connection;
        }
        finally
        {
            if (_connection is null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reserves again what was reserved in a session that the server has ended, since its connections still exist or will.</summary>
    private async Task TakeOverAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<ReservedRoom> rooms;
        lock (_lock)
        {
            rooms = [.. _reserved];
        }

        foreach (var room in rooms)
        {
            await connection.ExecuteAsync($"SELECT pg_catalog.pg_advisory_lock_shared({room.Keys})", cancellationToken).ConfigureAwait(false);
            room.Session = connection;
        }
    }

    private async Task CloseLaterAsync()
    {
        bool isAnyIdle;
        do
        {
            // Waits for the time itself.
            await Task.Delay(IdleTime).ConfigureAwait(false);
            await CloseIdleAsync(IdleTime).ConfigureAwait(false);
            lock (_lock)
            {
                _closesLater = isAnyIdle = _reserved.Exists(room => room.IsIdle);
            }
        }
        while (isAnyIdle);
    }

    /// <summary>Closes the connections of databases without a test, and releases their room.</summary>
    /// <param name="forAtLeast">How long they have had no test.</param>
    /// <returns>Whether there were any.</returns>
    private async Task<bool> CloseIdleAsync(TimeSpan forAtLeast)
    {
        List<(ReservedRoom Room, Func<ValueTask> Close)> idle = [];
        lock (_lock)
        {
            foreach (var room in _reserved)
            {
                if (room.TryClose(forAtLeast) is { } close)
                {
                    idle.Add((room, close));
                }
            }
        }

        foreach (var (room, close) in idle)
        {
            try
            {
                await close().ConfigureAwait(false);
            }
            catch (Exception exception) when (PostgreSqlFaults.Of(exception) is not null)
            {
                // The server has closed them already.
            }
            finally
            {
                await GiveUpAsync(room).ConfigureAwait(false);
                room.EndClosing();
            }
        }

        return idle.Count > 0;
    }

    private static string Keys(int connections, int number) => string.Create(CultureInfo.InvariantCulture, $"{FirstKey + connections}, {number}");
}

using System.Diagnostics;
using Npgsql;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>The connections that are reserved for one database. The <see cref="ConnectionRoom"/> that made it guards its state.</summary>
internal sealed class ReservedRoom(ConnectionRoom place, NpgsqlConnection session, string keys, int connections) : IAsyncDisposable
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<ValueTask>? _close;
    private long _idleSince;
    private bool _isClosed;

    /// <summary>The session that holds the reservation.</summary>
    internal NpgsqlConnection Session { get; set; } = session;

    /// <summary>The keys of its lock, as they stand in SQL.</summary>
    internal string Keys => keys;

    internal int Connections => connections;

    /// <summary>Whether no test has the database.</summary>
    internal bool IsIdle => _close is not null;

    /// <summary>Ends when the connections of a database that nobody had are closed, and the room is given up.</summary>
    internal Task Closed => _closed.Task;

    /// <inheritdoc cref="ConnectionRoom.TryTakeUp" />
    internal bool TryTakeUp() => place.TryTakeUp(this);

    /// <inheritdoc cref="ConnectionRoom.Idle" />
    internal void Idle(Func<ValueTask> close) => place.Idle(this, close);

    /// <summary>Gives up the room.</summary>
    public async ValueTask DisposeAsync() => await place.GiveUpAsync(this).ConfigureAwait(false);

    /// <summary>A test uses the database again, unless its room was given up.</summary>
    internal bool TakeUp()
    {
        _close = null;
        return !_isClosed;
    }

    /// <param name="close">Closes the connections of the database.</param>
    internal void BecomeIdle(Func<ValueTask> close)
    {
        _close = close;
        _idleSince = Stopwatch.GetTimestamp();
    }

    /// <summary>Closes it if the database has had no test for that long; from then on it cannot be used again.</summary>
    internal Func<ValueTask>? TryClose(TimeSpan idleFor)
    {
        if (_close is not { } close || Stopwatch.GetElapsedTime(_idleSince) < idleFor)
        {
            return null;
        }

        _close = null;
        _isClosed = true;
        return close;
    }

    internal void EndClosing() => _closed.TrySetResult();
}

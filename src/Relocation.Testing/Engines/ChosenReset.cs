using System.Data.Common;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.Engines;

/// <summary>
/// Resets by an undo log where it is exact, else by a copy; an undo log that was asked for must be exact. A transaction is used
/// when it was asked for.
/// </summary>
internal sealed class ChosenReset(
    DatabaseEngine engine, ResetStrategy strategy, UndoLog undoLog, BaselineReset copy, OpenTransaction transaction) : BaselineReset
{
    private BaselineReset? _chosen;
    private bool _isDisposed;
    private IReadOnlyList<string> _obstacles = [];

    /// <summary>The transaction in which a test works, or null where it works on connections of its own.</summary>
    internal DbTransaction? Transaction => _chosen == transaction ? transaction.Current : null;

    internal override async Task CaptureAsync(CancellationToken cancellationToken)
    {
        var chosen = strategy == ResetStrategy.Rollback ? transaction : copy;
        if (strategy is ResetStrategy.Automatic or ResetStrategy.UndoLog)
        {
            _obstacles = await undoLog.PrepareAsync(cancellationToken).ConfigureAwait(false);
            if (_obstacles.Count > 0 && strategy == ResetStrategy.UndoLog)
            {
                throw ResetErrors.UndoLogInexact(engine.Name, _obstacles);
            }

            if (_obstacles.Count == 0)
            {
                chosen = undoLog;
            }
        }

        _chosen = chosen;
        await _chosen.CaptureAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same way is chosen as for the original.</summary>
    internal override Task AdoptAsync(BaselineReset original, CancellationToken cancellationToken)
    {
        var other = (ChosenReset)original;
        ObjectDisposedException.ThrowIf(other._chosen is null, other);
        _obstacles = other._obstacles;
        _chosen = strategy switch
        {
            ResetStrategy.Rollback => transaction,
            ResetStrategy.Copy => copy,
            _ => other._chosen is UndoLog ? undoLog : copy,
        };
        return _chosen.AdoptAsync(other._chosen, cancellationToken);
    }

    internal override ValueTask ReleaseAsync() => _chosen?.ReleaseAsync() ?? ValueTask.CompletedTask;

    internal override Task<Leftovers> LookAsync(CancellationToken cancellationToken) =>
        (_isDisposed ? null : _chosen?.LookAsync(cancellationToken)) ?? Leftovers.NoneAsync;

    internal override Task RestoreAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed || _chosen is null, this);
        return _chosen.RestoreAsync(cancellationToken);
    }

    /// <inheritdoc cref="UndoLog.EmptyTouchedAsync" />
    internal Task EmptyTouchedAsync(ResetOptions options, CancellationToken cancellationToken) =>
        !_isDisposed && _chosen == undoLog
            ? undoLog.EmptyTouchedAsync(options, cancellationToken)
            : throw ResetErrors.TouchedTablesUnknown(engine.Name, _obstacles);

    /// <inheritdoc cref="UndoLog.OpenTouchedAsync" />
    internal Task<TouchedRows> OpenTouchedAsync(CancellationToken cancellationToken) =>
        !_isDisposed && _chosen == undoLog
            ? undoLog.OpenTouchedAsync(cancellationToken)
            : throw ResetErrors.ChangesUnknown(engine.Name, _obstacles);

    /// <summary>What was captured can still be adopted afterwards: the first database may go before its copies.</summary>
    public override async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await undoLog.DisposeAsync().ConfigureAwait(false);
        await copy.DisposeAsync().ConfigureAwait(false);
        await transaction.DisposeAsync().ConfigureAwait(false);
    }
}

namespace Relocation.Testing.Resetting;

/// <summary>Resets by an undo log where it is exact, else by a copy; an undo log that was asked for must be exact.</summary>
internal sealed class ChosenReset(DatabaseEngine engine, ResetStrategy strategy, UndoLog undoLog, BaselineReset copy) : BaselineReset
{
    private BaselineReset? _chosen;
    private IReadOnlyList<string> _obstacles = [];

    internal override async Task CaptureAsync(CancellationToken cancellationToken)
    {
        _chosen = copy;
        if (strategy != ResetStrategy.Copy)
        {
            _obstacles = await undoLog.PrepareAsync(cancellationToken).ConfigureAwait(false);
            if (_obstacles.Count > 0 && strategy == ResetStrategy.UndoLog)
            {
                throw Errors.UndoLogInexact(engine, _obstacles);
            }

            if (_obstacles.Count == 0)
            {
                _chosen = undoLog;
            }
        }

        await _chosen.CaptureAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same way is chosen as for the original.</summary>
    internal override Task AdoptAsync(BaselineReset original, CancellationToken cancellationToken)
    {
        var other = (ChosenReset)original;
        ObjectDisposedException.ThrowIf(other._chosen is null, other);
        _obstacles = other._obstacles;
        _chosen = other._chosen is UndoLog && strategy != ResetStrategy.Copy ? undoLog : copy;
        return _chosen.AdoptAsync(other._chosen, cancellationToken);
    }

    internal override ValueTask ReleaseAsync() => _chosen?.ReleaseAsync() ?? ValueTask.CompletedTask;

    internal override Task RestoreAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_chosen is null, this);
        return _chosen.RestoreAsync(cancellationToken);
    }

    /// <inheritdoc cref="UndoLog.EmptyTouchedAsync" />
    internal Task EmptyTouchedAsync(ResetOptions options, CancellationToken cancellationToken) =>
        _chosen == undoLog
            ? undoLog.EmptyTouchedAsync(options, cancellationToken)
            : throw Errors.TouchedTablesUnknown(engine, _obstacles);

    public override async ValueTask DisposeAsync()
    {
        _chosen = null;
        await undoLog.DisposeAsync().ConfigureAwait(false);
        await copy.DisposeAsync().ConfigureAwait(false);
    }
}

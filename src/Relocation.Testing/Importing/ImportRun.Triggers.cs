using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Importing.Triggers;

namespace Relocation.Testing.Importing;

/// <content>Triggers of the database's own: held back, or let fire in an order that is right, and what they add counted.</content>
internal sealed partial class ImportRun
{
    private readonly Dictionary<string, long> _triggered = new(StringComparer.Ordinal);
    private bool _fires;

    /// <summary>Holds triggers back where that is asked for, and finds out whether any fires.</summary>
    private Task HoldTriggersBackAsync(List<KeyTable> written, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var table in written)
        {
            foreach (var rows in _layouts.AllTables(table.Entity))
            {
                if (transaction.TriggersOn(rows) != TriggerEvents.None)
                {
                    return HoldFoundTriggersBackAsync(written, transaction, cancellationToken);
                }
            }
        }

        return Task.CompletedTask;
    }

    private async Task HoldFoundTriggersBackAsync(List<KeyTable> written, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var held = written.Where(table => TriggersOf(table.Entity) == TriggerPolicy.HoldBack)
            .SelectMany(table => _layouts.AllTables(table.Entity)).Distinct()
            .Where(table => transaction.TriggersOn(table) != TriggerEvents.None).ToList();
        if (held.Count > 0)
        {
            await transaction.HoldBackTriggersAsync(held, cancellationToken).ConfigureAwait(false);
        }

        _fires = written.SelectMany(table => _layouts.AllTables(table.Entity)).Any(table => transaction.TriggersOn(table) != TriggerEvents.None);
        if (_fires)
        {
            // Triggers may write to any table, those that are not of the model included.
            transaction.CheckAllTables();
        }
    }

    /// <summary>The order of runs; parents before children where triggers are to see them.</summary>
    private Task<IReadOnlyList<RecordRun>> OrderAsync(
        BackupIndex index, KeyTables tables, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var runs = RunOrder.Choose(_plan, index, tables);
        return _fires ? ParentsFirstAsync(runs, tables, transaction, cancellationToken) : Task.FromResult(runs);
    }

    private Task<IReadOnlyList<RecordRun>> ParentsFirstAsync(
        IReadOnlyList<RecordRun> runs, KeyTables tables, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var fired = _plan.Models.Select(planned => planned.Entity).Where(
            entity => tables[entity].Taken > 0
                && _layouts.KeyTables(entity).Any(table => transaction.TriggersOn(table).HasFlag(TriggerEvents.Insert))).ToList();
        fired.FindAll(entity => _layouts.KeyTables(entity).Count == 1 && ParentsFirst.RefersToItself(_plan, entity))
            .ForEach(entity => tables[entity].TrackWritten());
        return ParentsFirst.ArrangeAsync(runs, fired, _plan, tables, _content, _options, cancellationToken);
    }

    private TriggerPolicy TriggersOf(RelocationEntity entity) => entity.Triggers ?? _options.Triggers;

    /// <summary>
    /// Has the database give triggers keys beyond those that the backup's records get, and begins to count. A resumable import has moved counters
    /// already.
    /// </summary>
    private Task PrepareForTriggersAsync(
        List<KeyTable> written, ImportTransaction transaction, Settlement? settlement, CancellationToken cancellationToken) =>
        _fires ? PrepareForFiringAsync(written, transaction, settlement, cancellationToken) : Task.CompletedTask;

    private async Task PrepareForFiringAsync(
        List<KeyTable> written, ImportTransaction transaction, Settlement? settlement, CancellationToken cancellationToken)
    {
        if (_resumable is null)
        {
            var settled = written.FindAll(table => settlement?.IsLate(table.Entity) != true);
            await AdvanceCountersAsync(settled, new RowNumbers(), transaction, cancellationToken).ConfigureAwait(false);
            _advanced.UnionWith(settled);
        }

        await transaction.BeginCountingAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Where nothing reserves keys, as in tables of SQLite without AUTOINCREMENT, triggers may have taken those that a model's records were to get;
    /// these get the following ones then.
    /// </summary>
    private async Task AvoidTakenKeysAsync(KeyTable table, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        if (!_fires || !table.CountsUp || table.Taken == 0)
        {
            return;
        }

        foreach (var rows in _layouts.KeyTables(table.Entity))
        {
            var first = RecordKey.From(table.Base + 1);
            if ((await transaction.FindExistingAsync(rows, rows.Key, [first], cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                await CountedKeys.MoveAsync(table, _layouts, transaction, _problems, cancellationToken).ConfigureAwait(false);
                _advanced.Remove(table);
                return;
            }
        }
    }

    /// <summary>Moves the counter of a model whose records were decided about late, before its own rows make triggers take keys.</summary>
    private async Task AdvanceLateAsync(KeyTable table, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        if (_fires && !IsReplaying)
        {
            await AdvanceCountersAsync([table], new RowNumbers(), transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task CountTriggeredAsync(RowSink sink, ImportTransaction transaction, CancellationToken cancellationToken) =>
        _fires ? CountAddedRowsAsync(sink, transaction, cancellationToken) : Task.CompletedTask;

    private async Task CountAddedRowsAsync(RowSink sink, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var (table, rows) in await transaction.CountTriggeredAsync(sink.TakeWritten(), cancellationToken).ConfigureAwait(false))
        {
            _triggered[table] = _triggered.GetValueOrDefault(table) + rows;
        }
    }
}

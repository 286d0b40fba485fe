using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing.Importing;

/// <content>What an import does after its last row.</content>
internal sealed partial class ImportRun
{
    /// <summary>What has to be right before the commit, and the commit itself, which checks what the database has deferred.</summary>
    private async Task FinishAsync(
        List<KeyTable> written,
        ImportContext context,
        RowSink sink,
        ImportTransaction transaction,
        Settlement? settlement,
        CancellationToken cancellationToken)
    {
        if (IsReplaying)
        {
            // The import had ended before.
            await CountTriggeredAsync(sink, transaction, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            foreach (var cuts in _readers.Values.Select(reader => reader.Cuts).OfType<CutRows>())
            {
                await CutFilling.FillAsync(cuts, context.Tables, transaction, cancellationToken).ConfigureAwait(false);
            }

            written = written.FindAll(table => !_advanced.Contains(table));
            if (settlement is null)
            {
                await transaction.VerifyForeignKeysAsync(cancellationToken).ConfigureAwait(false);
                await CountTriggeredAsync(sink, transaction, cancellationToken).ConfigureAwait(false);
                await AdvanceCountersAsync(written, context.Numbers, transaction, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                // Rules that add rows need counters that have moved past ours, and their rows are checked like ours.
                await CountTriggeredAsync(sink, transaction, cancellationToken).ConfigureAwait(false);
                await AdvanceCountersAsync(written, context.Numbers, transaction, cancellationToken).ConfigureAwait(false);
                await settlement.EndAsync(cancellationToken).ConfigureAwait(false);
                await _problems.ThrowIfAnyAsync(_content, cancellationToken).ConfigureAwait(false);
                await transaction.VerifyForeignKeysAsync(cancellationToken).ConfigureAwait(false);
            }

            if (_resumable is not null)
            {
                _options.Stop?.AfterChunk();
            }

            // A refusal takes everything back; a connection that breaks now leaves open whether the database had begun to commit.
            _isCommitting = true;
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RowRefusedException refusal)
        {
            await RefuseAsync(refusal, cancellationToken).ConfigureAwait(false);
        }
        catch (KnownFaultException)
        {
            // Whoever gave up waiting for others has not committed.
            _isCommitting = false;
            throw;
        }
    }

    /// <summary>Counters move last, as on PostgreSQL not every rollback takes them back; only for tables that have got rows.</summary>
    private async Task AdvanceCountersAsync(
        List<KeyTable> written, RowNumbers numbers, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var counters = new List<CounterValue>(written.Count);
        foreach (var table in written)
        {
            if (table.Taken > 0 && table.Entity.Key is { HasCounter: true, Kind: RecordKeyKind.Integer })
            {
                var highest = HighestKey(table);
                counters.AddRange(_layouts.KeyTables(table.Entity).Select(each => new CounterValue(each, highest)));
            }
        }

        numbers.AddTo(counters);
        await transaction.AdvanceCountersAsync(counters, cancellationToken).ConfigureAwait(false);
    }

    private static long HighestKey(KeyTable table)
    {
        if (table.CountsUp)
        {
            return table.Base + table.InScope;
        }

        var highest = long.MinValue;
        for (var rank = 0; rank < table.Count; rank++)
        {
            highest = table.StateOf(rank) == RecordState.Taken ? Math.Max(highest, table.NewKey(rank).AsInteger()) : highest;
        }

        return highest;
    }
}

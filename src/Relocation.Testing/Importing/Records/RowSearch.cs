using System.Runtime.CompilerServices;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Records;

/// <summary>Finds and deletes rows by values: one statement for any number of them.</summary>
internal static class RowSearch
{
    /// <summary>
    /// Finds rows that equal lists of values. A list with a null among the compared values equals no row and is not asked for. With
    /// a condition, lists that meet it are answered even when no row equals them.
    /// </summary>
    /// <returns>The index of a list, and the key of the row that equals it.</returns>
    internal static Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindAsync(
        ImportTransaction transaction,
        RowLookup lookup,
        IReadOnlyList<IReadOnlyList<object?>> values,
        CancellationToken cancellationToken) =>
        FindAsync(transaction, lookup, values.Count, (index, field) => values[index][field], cancellationToken);

    /// <summary>The same for values that are asked for one by one, by the number of the list and the position of the field.</summary>
    internal static async Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindAsync(
        ImportTransaction transaction, RowLookup lookup, int count, Func<int, int, object?> valueOf, CancellationToken cancellationToken)
    {
        using var batch = BatchOf(lookup, count, valueOf, isWhole: false);
        return batch.Count == 0 ? [] : await transaction.FindRowsAsync(lookup, batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the rows that equal one of the lists of values.</summary>
    internal static async Task DeleteAsync(
        ImportTransaction transaction, RowLookup lookup, IReadOnlyList<IReadOnlyList<object?>> values, CancellationToken cancellationToken)
    {
        if (values.Count > 0)
        {
            using var batch = BatchOf(lookup, values.Count, (index, field) => values[index][field], isWhole: true);
            await transaction.DeleteRowsAsync(lookup, batch, cancellationToken).ConfigureAwait(false);

            // Where nothing was deleted now, the rows that took their place are there already.
            if (!transaction.IsReplaying && transaction.TriggersOn(lookup.Table).HasFlag(TriggerEvents.Delete)
                && await transaction.Direct.FindRowsAsync(lookup, batch, cancellationToken).ConfigureAwait(false) is { Count: > 0 })
            {
                throw new RowRefusedException(TriggerErrors.NotDeleted(lookup.Table.Name), null, RefusalKind.Other, null, null);
            }
        }
    }

    /// <param name="lookup">What is compared.</param>
    /// <param name="count">How many lists of values there are.</param>
    /// <param name="valueOf">A value by the number of its list and the position of its field.</param>
    /// <param name="isWhole">Whether lists that equal no row are among the rows too.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static RowBatch BatchOf(RowLookup lookup, int count, Func<int, int, object?> valueOf, bool isWhole)
    {
        var fields = lookup.AllFields.ToList();
        var batch = new RowBatch(fields, count);
        for (var index = 0; index < count; index++)
        {
            var row = batch.NextRow();
            var used = batch.BytesUsed;
            var isAsked = true;
            for (var i = 0; isAsked && i < fields.Count; i++)
            {
                var value = valueOf(index, i);
                isAsked = isWhole || i >= lookup.Fields.Count || (value is not null && !HoldsNul(value));
                row[i] = isAsked && value is not null ? ValueReader.Any(fields[i], PlainValue.Widened(value)!, batch) : Cell.Null;
            }

            if (isAsked)
            {
                batch.CompleteRow(index);
            }
            else
            {
                batch.Abandon(used);
            }
        }

        return batch;
    }

    /// <summary>No text in a database has a NUL, and none can be sent.</summary>
    private static bool HoldsNul(object value) => value is string text && text.Contains('\0', StringComparison.Ordinal);
}

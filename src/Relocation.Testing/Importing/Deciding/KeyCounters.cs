using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>Moves key counters past the keys that an import has given out, of tables that have got rows.</summary>
internal sealed class KeyCounters(ImportContext context, ImportTransaction transaction)
{
    private readonly HashSet<KeyTable> _moved = [];

    /// <summary>Moves the counters of some models before the import's end, as others or triggers take keys meanwhile.</summary>
    internal Task MoveAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        _moved.UnionWith(tables);
        return transaction.AdvanceCountersAsync(ValuesFor(tables), cancellationToken);
    }

    /// <summary>A model's records have got other keys, past which its counter has still to move.</summary>
    internal void MoveAgain(KeyTable table) => _moved.Remove(table);

    /// <summary>Moves the counters that have not moved yet, and those of members' rows.</summary>
    internal Task MoveAllAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        var values = ValuesFor(tables.Where(table => !_moved.Contains(table)));
        context.Numbers.AddTo(values);
        return transaction.AdvanceCountersAsync(values, cancellationToken);
    }

    private List<CounterValue> ValuesFor(IEnumerable<KeyTable> tables)
    {
        var values = new List<CounterValue>();
        foreach (var table in tables)
        {
            if (table.Taken > 0 && table.Entity.Key is { HasCounter: true, Kind: RecordKeyKind.Integer })
            {
                var highest = HighestKey(table);
                values.AddRange(context.Layouts.KeyTables(table.Entity).Select(rows => new CounterValue(rows, highest)));
            }
        }

        return values;
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

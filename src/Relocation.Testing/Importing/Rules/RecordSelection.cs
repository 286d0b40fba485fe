using Relocation.Testing.Importing;

namespace Relocation.Testing;

/// <summary>The records of a backup while <see cref="ImportRule.Choose"/> chooses among them.</summary>
public sealed class RecordSelection
{
    private readonly KeyTables _tables;
    private readonly IReadOnlyDictionary<ModelLabel, RecordValues> _values;
    private readonly FilterSettlement _filters;

    internal RecordSelection(KeyTables tables, IReadOnlyDictionary<ModelLabel, RecordValues> values, FilterSettlement filters)
    {
        _tables = tables;
        _values = values;
        _filters = filters;
    }

    /// <summary>The records of a model that are in scope and that nothing has left out yet, in the order of the backup.</summary>
    /// <param name="model">The model's label.</param>
    public IEnumerable<SelectedRecord> Of(ModelLabel model)
    {
        if (_tables.Find(model) is not { } table)
        {
            yield break;
        }

        var source = new SelectableRecords(table, _values.GetValueOrDefault(table.Entity.Label), _filters);
        for (var rank = 0; rank < table.Count; rank++)
        {
            if (table.StateOf(rank) == RecordState.Taken)
            {
                yield return new SelectedRecord(source, rank);
            }
        }
    }
}

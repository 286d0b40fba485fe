using System.Runtime.CompilerServices;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Writes the values that rules and policies have put in the place of a record's own.</summary>
internal sealed class ChangedCells(BoundLayout bound)
{
    /// <summary>For each column of the changed values the column that holds them, found when it is first needed.</summary>
    private ColumnState?[] _columns = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Apply(ChangedValues changes, int rank, Span<Cell> row, RowBatch batch, long record)
    {
        for (var changed = 0; changed < changes.ColumnCount; changed++)
        {
            if (!changes.TryGet(rank, changed, out var value))
            {
                continue;
            }

            var column = ColumnOf(changes, changed);
            column.Seen = column.Changed = record;
            row[column.Index] = value is null ? Cell.Null : ValueReader.MustBe(column.Field, value, batch);
            if (column.Plain is { } plain)
            {
                plain.Parts[0] = null;
            }
        }
    }

    private ColumnState ColumnOf(ChangedValues changes, int changed)
    {
        if (changed >= _columns.Length)
        {
            Array.Resize(ref _columns, changes.ColumnCount);
        }

        return _columns[changed] ??= Find(changes.FieldOf(changed));
    }

    private ColumnState Find(string field) => Array.Find(bound.Columns, column => column.Field.Name == field)!;
}

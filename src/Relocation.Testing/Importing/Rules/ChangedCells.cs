namespace Relocation.Testing.Importing;

/// <summary>Writes the values that rules and policies have put in the place of a record's own.</summary>
internal sealed class ChangedCells(EntityBinding binding)
{
    internal void Apply(IReadOnlyDictionary<string, object?> changes, Span<Cell> row, RowBatch batch, long record)
    {
        foreach (var (name, value) in changes)
        {
            var column = Array.Find(binding.Columns, column => column.Field.Name == name)!;
            column.Seen = column.Changed = record;
            row[column.Index] = value is null ? Cell.Null : ValueReader.MustBe(column.Field, value, batch);
            if (column.Plain is { } plain)
            {
                plain.Parts[0] = null;
            }
        }
    }
}

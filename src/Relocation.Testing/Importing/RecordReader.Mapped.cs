using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Which row a record becomes: a new one, or one that rules and policies have given it.</summary>
internal sealed partial class RecordReader
{
    /// <summary>Reads a record whose row is written over another: the key is that row's.</summary>
    internal void ReadOver(RecordCursor cursor, RowBatch batch) => Read(cursor, batch, KeyMappingKind.Overwrite);

    /// <summary>Counts what members hold of a record that stands for a row that is there; its values are not looked at.</summary>
    internal void CountKept(RecordCursor cursor)
    {
        if (Children.Length > 0)
        {
            CountKept(_layout.Root, cursor.Fields);
        }
    }

    /// <summary>Counts the elements that are not written, since the row that their record stands for keeps what it has.</summary>
    private void CountKept(FieldNode node, ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (!node.TryFind(reader.Name, reader.NameIsEscaped, _guesses[node.Id], out var member, out var nested))
            {
                continue;
            }

            if (nested is not null && reader.Kind == JsonToken.Object)
            {
                CountKept(nested, reader.Value);
            }
            else if (nested is null && member >= _layout.FirstChild)
            {
                CountKept(Children[member - _layout.FirstChild], ref reader);
            }
        }
    }

    private static void CountKept(ChildRows child, ref FieldReader member)
    {
        if (child.Layout.Child.IsSingle && member.Kind == JsonToken.Object)
        {
            child.Counts.OfExisting++;
            child.Reader.CountKept(child.Reader._layout.Root, member.Value);
        }

        if (child.Layout.Child.IsSingle || member.Kind != JsonToken.Array)
        {
            return;
        }

        var elements = new FieldReader(member.Value);
        while (elements.ReadElement())
        {
            child.Counts.OfExisting++;
            if (elements.Kind == JsonToken.Object)
            {
                child.Reader.CountKept(child.Reader._layout.Root, elements.Value);
            }
        }
    }

    /// <summary>Gives the row the key of the one that it is written over.</summary>
    private void WriteKey(int rank, Span<Cell> row, RowBatch batch)
    {
        var parts = _table.NewKey(rank).Parts;
        for (var part = 0; part < parts.Count; part++)
        {
            row[part] = KeyCells.Of(_layout.Columns[part], parts[part], batch) ?? Cell.Null;
        }
    }
}

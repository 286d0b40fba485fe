using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Keys;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing;

/// <summary>Which row a record becomes: a new one, or one that rules and policies have given it.</summary>
internal sealed partial class RecordReader
{
    /// <summary>Reads a record whose row is written over another: the key is that row's.</summary>
    internal void ReadOver(RecordCursor cursor, RowBatch batch) => Read(cursor, batch, KeyMappingKind.Overwrite);

    /// <summary>Notes that a record stands for a row that is there; its values are not looked at.</summary>
    internal void MapToExisting(RecordCursor cursor)
    {
        var rank = cursor.Rank;
        Keys.Add(_table.Records.Keys[rank], _context.Tables.NewKey(_table, rank), KeyMappingKind.Existing);
        Keys.Types?.Add((byte)_table.TypeOf(rank));
        foreach (var reference in _binding.References)
        {
            reference.Kept?.OldKeys.Add(null);
        }

        SkipOthersReferences();
        ShowChoices(rank);
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

    private void Complete(int rank, RowBatch batch, KeyMappingKind kind)
    {
        batch.CompleteRow(rank);
        Keys.Types?.Add((byte)_table.TypeOf(rank));
        if (kind != KeyMappingKind.Inserted)
        {
            Keys.Add(_table.Records.Keys[rank], _table.NewKey(rank), kind);
        }
        else if (_table.CountsUp && _table.Records.Keys.IsInteger)
        {
            Keys.Add(_table.Records.Keys.Integers[rank], _table.NewInteger(rank), KeyMappingKind.Inserted);
        }
        else
        {
            Keys.Add(_table.Records.Keys[rank], _context.Tables.NewKey(_table, rank), KeyMappingKind.Inserted);
        }

        foreach (var reference in _binding.References)
        {
            reference.Kept?.OldKeys.Add(reference.ShownKey());
        }

        SkipOthersReferences();

        ShowChoices(rank);
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

    /// <summary>The types of a hierarchy share the lists of references; what another type refers by has nothing here.</summary>
    private void SkipOthersReferences()
    {
        foreach (var other in _othersReferences)
        {
            other.OldKeys.Add(null);
        }
    }

    /// <summary>Where the choices for a unique field are noted; the types of a hierarchy share that.</summary>
    private ReferenceKeys ChoicesOf(string field)
    {
        var shown = Keys.References.Find(kept => kept.Name == field && kept.Target == default);
        if (shown is null)
        {
            shown = new ReferenceKeys(field, default);
            Keys.References.Add(shown);
        }

        return shown;
    }

    /// <summary>Notes how the values of unique fields were chosen, where they might have been changed.</summary>
    private void ShowChoices(int rank)
    {
        foreach (var (shown, byRank) in _choices)
        {
            shown.OldKeys.Add(byRank[rank]);
        }
    }
}

using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <content>Members of a record that become rows of other tables.</content>
internal sealed partial class RecordReader
{
    private const int ManyRows = 4_096;

    private readonly List<NotedMember> _noted = [];
    private (ReferenceBinding Reference, RecordKey Key)? _missing;
    private long _element;
    private int _rowStart;
    private ListedKeys? _listed;

    /// <summary>The rows of the members of records, waiting until those of their owners are written.</summary>
    internal ChildRows[] Children { get; }

    /// <summary>The names of the members that the rows are in, each followed by a dot.</summary>
    internal string Path { get; }

    /// <summary>Whether the rows of members that wait are so many that they should be written.</summary>
    internal bool HoldsEnough => Children.Length > 0 && WithChildren.Sum(reader => reader.Children.Sum(child => child.Count)) >= ManyRows;

    /// <summary>Readers of records, and of what is in them.</summary>
    internal RecordReader[] WithChildren =>
        _withChildren ??= Children.Length == 0 ? [this] : [.. Children.SelectMany(child => child.Reader.WithChildren).Prepend(this)];

    /// <summary>Notes where a member stands: it is read when the record's own row is complete, whose key its rows take.</summary>
    private void Note(int child, ref FieldReader member, int start, RecordCursor cursor)
    {
        if (_noted.Exists(noted => noted.Child == child))
        {
            _context.Problems.Add(
                BackupProblemKind.DoubledMember, Errors.DoubledObject(_layout.Children[child].Child.Name), _places.Of(cursor, start, ref member));
            return;
        }

        _noted.Add(new NotedMember(child, start + member.ValueStart, member.Value.Length, member.Kind));
    }

    /// <summary>The rows of members that a record has take the place of those of the row that it is written over.</summary>
    private void ReplaceChildren(int rank, KeyMappingKind kind)
    {
        foreach (var noted in kind == KeyMappingKind.Overwrite ? _noted : [])
        {
            Children[noted.Child].Replaced.Add(_table.NewKey(rank));
        }
    }

    /// <param name="cursor">The record.</param>
    /// <param name="owners">The rows of owners; the last one's members are read.</param>
    /// <param name="owner">Its position, where it is a row of a member itself.</param>
    private void ReadChildren(RecordCursor cursor, RowBatch owners, int owner = 0)
    {
        foreach (var child in Children)
        {
            if (child.Layout.Child.IsRequired && !_noted.Exists(noted => Children[noted.Child] == child))
            {
                _context.Problems.Add(BackupProblemKind.MissingField, Errors.MissingObject(child.Layout.Child.Name), _places.OfFields(cursor));
            }
        }

        // A child's own children are noted by its reader, so this list does not grow meanwhile.
        foreach (var noted in _noted)
        {
            Children[noted.Child].Reader.ReadMember(Children[noted.Child], noted, cursor, owners, owner);
        }

        _noted.Clear();
    }

    private void ReadMember(ChildRows rows, NotedMember member, RecordCursor cursor, RowBatch owners, int owner)
    {
        var child = rows.Layout.Child;
        if (member.Kind == JsonToken.Null && !child.IsRequired)
        {
            return;
        }

        if (member.Kind != (child.IsSingle ? JsonToken.Object : JsonToken.Array))
        {
            _context.Problems.Add(
                BackupProblemKind.WrongValue, Errors.WrongMember(child), _places.Of(cursor, member.Start));
            return;
        }

        var json = cursor.Fields.Slice(member.Start, member.Length);
        if (child.IsSingle)
        {
            ReadRow(rows, default, json, member.Start, cursor, owners, owner);
            return;
        }

        _listed = rows.TakesPairsOnce ? (_listed ?? new ListedKeys()).Restarted() : null;
        var reader = new FieldReader(json);
        while (reader.ReadElement())
        {
            if (!child.HoldsKeys && reader.Kind != JsonToken.Object)
            {
                _context.Problems.Add(
                    BackupProblemKind.WrongValue, Errors.WrongElement(child), _places.Of(cursor, member.Start, ref reader));
            }
            else
            {
                ReadRow(rows, reader, child.HoldsKeys ? default : reader.Value, member.Start + reader.ValueStart, cursor, owners, owner, member.Start);
            }
        }
    }

    private void ReadRow(
        ChildRows rows,
        FieldReader element,
        ReadOnlySpan<byte> json,
        int start,
        RecordCursor cursor,
        RowBatch owners,
        int owner,
        int listStart = 0)
    {
        var problems = _context.Problems.Count;
        var batch = rows.BatchWithRoom();
        var row = batch.NextRow();
        _record++;
        _element++;
        _missing = null;
        _rowStart = start;
        _noted.Clear();
        ClearParts();
        TakeOwner(rows, row, batch, owners);
        if (rows.Layout.Child.HoldsKeys)
        {
            ReadKeys(element, listStart, cursor, row, batch);
        }
        else
        {
            ReadFields(_layout.Root, json, start, cursor, row, batch);
        }

        foreach (var column in _binding.Columns)
        {
            if (column.Seen != _record)
            {
                FillAbsent(column, cursor, row, batch);
            }
        }

        foreach (var reference in _slowReferences)
        {
            Follow(reference, cursor, row, batch);
        }

        RefuseBeyond();
        rows.Counts.Read++;
        if (_missing is { } missing)
        {
            rows.Counts.Dropped++;
            _context.DroppedElements.Add(new DroppedElement(
                _places.Of(cursor, start), Entity.Label, missing.Reference, missing.Key));
        }
        else if (_context.Problems.Count == problems && _listed?.Add(row, _binding.References[0].Columns, batch) == false)
        {
            _context.Problems.Add(BackupProblemKind.DoubledMember, Errors.DoubledElement(rows.Layout.Child), _places.Of(cursor, start));
        }
        else if (_context.Problems.Count == problems)
        {
            batch.CompleteRow(cursor.Rank);
            rows.Complete(owner);
            ReadChildren(cursor, batch, rows.Count - 1);
        }
    }

    /// <summary>The owner's key, which is complete by now, and the row's number.</summary>
    private void TakeOwner(ChildRows rows, Span<Cell> row, RowBatch batch, RowBatch owners)
    {
        var owner = owners.Row(owners.Count - 1);
        for (var part = 0; part < rows.Layout.OwnerColumns.Length; part++)
        {
            var column = rows.Layout.OwnerColumns[part];
            row[column] = batch.Copy(owner[part], owners);
            _binding.Columns[column].Seen = _record;
        }

        if (rows.Layout.NumberColumn is >= 0 and var number)
        {
            row[number] = Cell.Fixed(_context.Numbers.Next(_layout.Parts[0].Table));
            _binding.Columns[number].Seen = _record;
        }
    }

    /// <summary>An element that is the key of another record; a composite one is a list of its parts.</summary>
    private void ReadKeys(FieldReader element, int start, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        var columns = _binding.References[0].Columns;
        if (columns.Count == 1)
        {
            ReadColumn(columns[0], ref element, start, cursor, row, batch);
            return;
        }

        var parts = 0;
        if (element.Kind == JsonToken.Array)
        {
            var reader = new FieldReader(element.Value);
            for (; reader.ReadElement(); parts++)
            {
                if (parts < columns.Count)
                {
                    ReadColumn(columns[parts], ref reader, start + element.ValueStart, cursor, row, batch);
                }
            }
        }

        if (parts != columns.Count)
        {
            foreach (var column in columns)
            {
                column.Seen = _record;
            }

            _context.Problems.Add(
                BackupProblemKind.WrongValue, Errors.WrongReference(columns[0].Field, RecordKeyKind.Composite), _places.Of(cursor, start, ref element));
        }
    }

    /// <summary>
    /// A row of a member is left out alone when its reference leads nowhere and such rows are to be dropped; records are dropped
    /// before any is read.
    /// </summary>
    private bool DropsRow(ReferenceBinding reference, RecordKey key)
    {
        if (!_layout.IsOfChild || reference.Policy != UnresolvedReferencePolicy.Drop)
        {
            return false;
        }

        _missing ??= (reference, key);
        return true;
    }

    /// <summary>What generated values are made from: the record's key, and for a row of a member its number too.</summary>
    private RecordKey KeyForDefaults(int rank) => _layout.IsOfChild
        ? RecordKey.From([.. _table.Records.Keys[rank].Parts, RecordKey.From(_element)])
        : _table.Records.Keys[rank];

    /// <summary>A member that becomes rows, and where it stands within the record's fields.</summary>
    private readonly record struct NotedMember(int Child, int Start, int Length, JsonToken Kind);
}

using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Reads members of records that become rows of other tables, after the row of their owner.</summary>
internal sealed class MemberReader
{
    private const int ManyRows = 4_096;

    private readonly RowReader _owners;
    private readonly ImportContext _context;
    private readonly RecordPlaces _places;
    private readonly List<NotedMember> _noted = [];
    private ListedKeys? _listed;

    /// <param name="owners">Reads the rows of owners.</param>
    /// <param name="context">The import.</param>
    /// <param name="places">Says where things stand.</param>
    /// <param name="cuts">The references that lead to what comes later.</param>
    internal MemberReader(RowReader owners, ImportContext context, RecordPlaces places, IReadOnlyCollection<RelocationReference> cuts)
    {
        _owners = owners;
        _context = context;
        _places = places;
        var (table, layout) = (owners.Table, owners.Layout);
        Children = layout.Children.Length == 0
            ? []
            : [.. layout.Children.Select(child => new ChildRows(
                child, new RowReader(table, child.Rows, context, cuts, places, $"{owners.Path}{child.Child.Name}."), cuts,
                table.Entity.OnCollision ?? context.Options.OnCollision))];
    }

    /// <summary>The rows of members, waiting until those of their owners are written.</summary>
    internal ChildRows[] Children { get; }

    /// <summary>Whether owners have such members.</summary>
    internal bool Any => Children.Length > 0;

    /// <summary>Whether the rows that wait are so many that they should be written.</summary>
    internal bool HoldEnough => Any && _owners.WithChildren.Sum(reader => reader.Children.Sum(child => child.Count)) >= ManyRows;

    /// <summary>Forgets the last owner.</summary>
    internal void Restart() => _noted.Clear();

    /// <summary>Notes where a member stands: it is read when the owner's own row is complete, whose key its rows take.</summary>
    internal void Note(int child, ref FieldReader member, int start, RecordCursor cursor)
    {
        if (_noted.Exists(noted => noted.Child == child))
        {
            _context.Problems.Add(
                BackupProblemKind.DoubledMember, ChildErrors.DoubledObject(Children[child].Layout.Child.Name), _places.Of(cursor, start, ref member));
            return;
        }

        _noted.Add(new NotedMember(child, start + member.ValueStart, member.Value.Length, member.Kind));
    }

    /// <summary>Reads the members that were noted.</summary>
    /// <param name="cursor">The record.</param>
    /// <param name="owners">The rows of owners; the last one's members are read.</param>
    /// <param name="owner">Its position, where it is a row of a member itself.</param>
    /// <param name="replaced">The key of the row that the owner is written over, whose members' rows make way; null for none.</param>
    internal void Read(RecordCursor cursor, RowBatch owners, int owner = 0, RecordKey? replaced = null)
    {
        foreach (var child in Children)
        {
            if (child.Layout.Child.IsRequired && !_noted.Exists(noted => Children[noted.Child] == child))
            {
                _context.Problems.Add(BackupProblemKind.MissingField, ChildErrors.MissingObject(child.Layout.Child.Name), _places.OfFields(cursor));
            }
        }

        // A child's own children are noted by its reader, so this list does not grow meanwhile.
        foreach (var noted in _noted)
        {
            if (replaced is { } key)
            {
                Children[noted.Child].Replaced.Add(key);
            }

            Read(Children[noted.Child], noted, cursor, owners, owner);
        }

        _noted.Clear();
    }

    private void Read(ChildRows rows, NotedMember member, RecordCursor cursor, RowBatch owners, int owner)
    {
        var child = rows.Layout.Child;
        if (member.Kind == JsonToken.Null && !child.IsRequired)
        {
            return;
        }

        if (member.Kind != (child.IsSingle ? JsonToken.Object : JsonToken.Array))
        {
            _context.Problems.Add(BackupProblemKind.WrongValue, ChildErrors.WrongMember(child), _places.Of(cursor, member.Start));
            return;
        }

        var json = cursor.Fields.Slice(member.Start, member.Length);
        _listed = rows.TakesPairsOnce ? (_listed ?? new ListedKeys()).Restarted() : null;
        if (child.IsSingle)
        {
            ReadRow(rows, default, json, member.Start, cursor, owners, owner);
            return;
        }

        var reader = new FieldReader(json);
        while (reader.ReadElement())
        {
            if (!child.HoldsKeys && reader.Kind != JsonToken.Object)
            {
                _context.Problems.Add(
                    BackupProblemKind.WrongValue, ChildErrors.WrongElement(child), _places.Of(cursor, member.Start, ref reader));
            }
            else
            {
                var value = child.HoldsKeys ? default : reader.Value;
                ReadRow(rows, reader, value, member.Start + reader.ValueStart, cursor, owners, owner, member.Start);
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
        var reader = rows.Reader;
        var batch = rows.BatchWithRoom();
        var row = new RowDraft(cursor, batch, start);
        reader.Begin();
        TakeOwner(rows, row, owners);
        if (rows.Layout.Child.HoldsKeys)
        {
            reader.ReadKeys(element, listStart, row);
        }
        else
        {
            reader.Read(json, row);
        }

        reader.Complete(row);
        rows.Counts.Read++;
        if (reader.References.Missing is { } missing)
        {
            rows.Counts.Dropped++;
            _context.DroppedElements.Add(new DroppedElement(
                _places.Of(cursor, start), reader.Entity.Label, missing.Reference, missing.Key));
        }
        else if (_context.Problems.Count == problems && _listed?.Add(row.Cells, reader.Bound.References[0].Columns, batch) == false)
        {
            _context.Problems.Add(BackupProblemKind.DoubledMember, ChildErrors.DoubledElement(rows.Layout.Child), _places.Of(cursor, start));
        }
        else if (_context.Problems.Count == problems)
        {
            batch.CompleteRow(cursor.Rank);
            rows.Complete(owner);
            reader.Members.Read(cursor, batch, rows.Count - 1);
        }
    }

    /// <summary>The owner's key, which is complete by now, and the row's number.</summary>
    private void TakeOwner(ChildRows rows, in RowDraft row, RowBatch owners)
    {
        var owner = owners.Row(owners.Count - 1);
        for (var part = 0; part < rows.Layout.OwnerColumns.Length; part++)
        {
            var column = rows.Layout.OwnerColumns[part];
            row.Cells[column] = row.Batch.Copy(owner[part], owners);
            rows.Reader.See(column);
        }

        if (rows.Layout.NumberColumn is >= 0 and var number)
        {
            row.Cells[number] = Cell.Fixed(_context.Numbers.Next(rows.Layout.Rows.Parts[0].Table));
            rows.Reader.See(number);
        }
    }

    /// <summary>A member that becomes rows, and where it stands within the record's fields.</summary>
    private readonly record struct NotedMember(int Child, int Start, int Length, JsonToken Kind);
}

using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Follows the references of a row when all of it has been read: columns that hold old keys get the new ones.</summary>
internal sealed class ReferenceFollower
{
    private readonly KeyTable _table;
    private readonly EntityLayout _layout;
    private readonly ImportContext _context;
    private readonly RecordPlaces _places;
    private readonly CutRows? _cuts;
    private readonly ReferenceState[] _references;

    /// <summary>
    /// Keys of the backup that columns cannot hold, and what to say of each. Most are replaced by new ones when their references are
    /// followed; what is left then is wrong.
    /// </summary>
    private readonly List<(ColumnState Column, BackupProblemKind Kind, string Message, PlaceRequest Place)> _beyond = [];

    internal ReferenceFollower(
        KeyTable table, EntityLayout layout, BoundLayout bound, ImportContext context, RecordPlaces places, CutRows? cuts)
    {
        _table = table;
        _layout = layout;
        _context = context;
        _places = places;
        _cuts = cuts;
        _references = [.. bound.References.Where(reference => !reference.IsPlain)];
    }

    /// <summary>The reference for which the row of a member is left out, as it leads nowhere; null for none.</summary>
    internal (ReferenceState Reference, RecordKey Key)? Missing { get; private set; }

    /// <summary>Forgets the last row.</summary>
    internal void Restart()
    {
        Missing = null;
        foreach (var reference in _references)
        {
            Array.Clear(reference.Parts);
        }
    }

    /// <summary>Reads a part of a reference; until the reference is followed the column holds what the backup says.</summary>
    internal string? ReadPart(ColumnState column, ref FieldReader value, int start, in RowDraft row)
    {
        foreach (var (reference, part) in column.Parts)
        {
            if (reference.IsAlternate)
            {
                reference.Parts[part] = ReferenceState.ReadValue(ref value, reference.PartKind(part));
                if (ValueReader.Read(column.AsRead, ref value, row.Batch, out row.Cells[column.Index]) is { } wrong)
                {
                    return wrong;
                }

                continue;
            }

            if (ReferenceState.ReadKey(ref value, reference.PartKind(part)) is not { } key)
            {
                return value.Kind == JsonToken.Array
                    ? ImportErrors.NaturalKey(column.Field)
                    : ImportErrors.WrongReference(column.Field, reference.PartKind(part));
            }

            reference.Parts[part] = key;
            if (KeyCells.Of(column.Field, key, row.Batch) is { } cell)
            {
                row.Cells[column.Index] = cell;
                continue;
            }

            row.Cells[column.Index] = Cell.Null;
            NoteBeyond(
                column,
                BackupProblemKind.WrongValue,
                _context.Problems.WithValue(ImportErrors.ReferenceBeyond(column.Field), value.Value),
                _places.Of(row.Cursor, start, ref value));
        }

        return null;
    }

    /// <summary>Takes note of a key that its column cannot hold.</summary>
    internal void NoteBeyond(ColumnState column, BackupProblemKind kind, string message, PlaceRequest place)
    {
        if (!_beyond.Exists(beyond => beyond.Column == column))
        {
            _beyond.Add((column, kind, message, place));
        }
    }

    /// <summary>Follows all references, and refuses the keys that columns cannot hold and that no new one has replaced.</summary>
    internal void Follow(in RowDraft row)
    {
        foreach (var reference in _references)
        {
            Follow(reference, row);
        }

        if (_beyond.Count > 0)
        {
            _beyond.ForEach(beyond => _context.Problems.Add(beyond.Kind, beyond.Message, beyond.Place));
            _beyond.Clear();
        }
    }

    /// <summary>Takes the reference back where its policy says so; otherwise says what is wrong.</summary>
    internal string? Unresolved(ReferenceState reference, RecordKey old, Span<Cell> row)
    {
        var message = ImportErrors.UnresolvedReference(
            reference.Reference, _context.Problems.Shown(old), reference.Find(old, out _) ?? DropReason.Absent);
        if (reference.Policy != UnresolvedReferencePolicy.SetNull)
        {
            if (!_layout.IsOfChild || reference.Policy != UnresolvedReferencePolicy.Drop)
            {
                return message;
            }

            // Rows of members are left out alone; records are dropped before any is read.
            Missing ??= (reference, old);
            return null;
        }

        if (!reference.CanBeNull)
        {
            return ImportErrors.CannotSetNull(message);
        }

        reference.SetToNull++;
        Array.Clear(reference.Parts);
        SetToNull(reference, row);
        return null;
    }

    private void Follow(ReferenceState reference, in RowDraft row)
    {
        if (reference.OldKey() is not { } old)
        {
            return;
        }

        if (reference.Find(old, out var rank) is not null)
        {
            ForgetBeyond(reference.Columns);
            if (Unresolved(reference, old, row.Cells) is { } wrong)
            {
                _context.Problems.Add(BackupProblemKind.UnresolvedReference, wrong, PlaceOf(reference, row));
            }

            return;
        }

        // A record that was neither in this backup nor in one before was found in the database, where natural keys keep their meaning.
        var key = rank < 0
            ? reference.IsAlternate ? old : reference.Target!.KnownMapping(old)?.New ?? old
            : reference.NewKey(old, rank, _context.Tables);
        if (_cuts?.Holds(reference.Reference) == true && !IsThere(reference, rank, row))
        {
            _cuts.Add(reference.Reference, _context.Tables.NewKey(_table, row.Rank), new CutTarget(reference, old, rank, key));
            ForgetBeyond(reference.Columns);
            SetToNull(reference, row.Cells);
            return;
        }

        if (rank >= 0)
        {
            reference.Tell(_context.Tables);
        }

        if (!reference.IsAlternate || key != old)
        {
            SetColumns(reference, key, row);
        }
    }

    /// <summary>Whether a record of the same model is known to be written, or is the row's own.</summary>
    private bool IsThere(ReferenceState reference, int rank, in RowDraft row) =>
        reference.Target == _table && (rank == row.Rank ? _table.TracksWritten : _table.IsWritten(rank));

    private void SetColumns(ReferenceState reference, RecordKey key, in RowDraft row)
    {
        ForgetBeyond(reference.Columns);
        foreach (var column in reference.Columns)
        {
            foreach (var (owner, part) in column.Parts)
            {
                if (owner != reference)
                {
                    continue;
                }

                if (KeyCells.Of(column.Field, key.Part(part), row.Batch) is { } cell)
                {
                    row.Cells[column.Index] = cell;
                }
                else
                {
                    _context.Problems.Add(BackupProblemKind.WrongValue, ImportErrors.NewReferenceBeyond(column.Field), PlaceOf(reference, row));
                }
            }
        }
    }

    private PlaceRequest PlaceOf(ReferenceState reference, in RowDraft row) =>
        _layout.IsOfChild ? _places.Of(row.Cursor, row.Start) : _places.Of(row.Cursor, reference.Reference, _layout);

    /// <summary>The columns hold something else by now.</summary>
    private void ForgetBeyond(IReadOnlyList<ColumnState> columns)
    {
        if (_beyond.Count > 0)
        {
            _beyond.RemoveAll(beyond => columns.Contains(beyond.Column));
        }
    }

    private static void SetToNull(ReferenceState reference, Span<Cell> row)
    {
        foreach (var column in reference.NulledColumns)
        {
            row[column.Index] = Cell.Null;
        }
    }
}

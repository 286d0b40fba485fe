using Relocation.Testing.Backups;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing;

/// <content>References that are followed when all of a record has been read.</content>
internal sealed partial class RecordReader
{
    /// <summary>
    /// Keys of the backup that columns cannot hold. Most are replaced by new ones when their references are followed; what is left then is wrong.
    /// </summary>
    private readonly List<BeyondValue> _beyond = [];

    private void Follow(ReferenceBinding reference, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        if (reference.OldKey() is not { } old)
        {
            return;
        }

        if (reference.Find(old, out var rank) is not null)
        {
            ForgetBeyond(reference.Columns);
            if (Unresolved(reference, old, row) is { } wrong)
            {
                _context.Problems.Add(BackupProblemKind.UnresolvedReference, wrong, PlaceOf(reference, cursor));
            }

            return;
        }

        // A record that was neither in this backup nor in one before was found in the database, where natural keys keep their meaning.
        var key = rank < 0
            ? reference.IsAlternate ? old : reference.Target!.KnownMapping(old)?.New ?? old
            : reference.NewKey(old, rank, _context.Tables);
        if (Cuts?.Holds(reference.Reference) == true && !(reference.Target == _table && (rank == cursor.Rank ? _table.TracksWritten : _table.IsWritten(rank))))
        {
            Cuts.Add(reference.Reference, _context.Tables.NewKey(_table, cursor.Rank), new CutTarget(reference, old, rank, key));
            ForgetBeyond(reference.Columns);
            SetToNull(reference, row);
            return;
        }

        if (rank >= 0)
        {
            reference.Tell(_context.Tables);
        }

        if (!reference.IsAlternate || key != old)
        {
            SetColumns(reference, key, cursor, row, batch);
        }
    }

    private void SetColumns(ReferenceBinding reference, RecordKey key, RecordCursor cursor, Span<Cell> row, RowBatch batch)
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

                if (KeyCells.Of(column.Field, key.Part(part), batch) is { } cell)
                {
                    row[column.Index] = cell;
                }
                else
                {
                    _context.Problems.Add(BackupProblemKind.WrongValue, ImportErrors.NewReferenceBeyond(column.Field), PlaceOf(reference, cursor));
                }
            }
        }
    }

    private PlaceRequest PlaceOf(ReferenceBinding reference, RecordCursor cursor) =>
        _layout.IsOfChild ? _places.Of(cursor, _rowStart) : _places.Of(cursor, reference.Reference, _layout);

    /// <summary>Takes note of a key that its column cannot hold.</summary>
    private void NoteBeyond(ColumnBinding column, BackupProblemKind kind, string message, PlaceRequest place)
    {
        if (!_beyond.Exists(beyond => beyond.Column == column))
        {
            _beyond.Add(new BeyondValue(column, kind, message, place));
        }
    }

    /// <summary>The columns hold something else by now.</summary>
    private void ForgetBeyond(IReadOnlyList<ColumnBinding> columns)
    {
        for (var at = _beyond.Count - 1; at >= 0; at--)
        {
            if (columns.Contains(_beyond[at].Column))
            {
                _beyond.RemoveAt(at);
            }
        }
    }

    /// <summary>Refuses the keys that columns cannot hold and that no new one has replaced.</summary>
    private void RefuseBeyond()
    {
        foreach (var (_, kind, message, place) in _beyond)
        {
            _context.Problems.Add(kind, message, place);
        }

        _beyond.Clear();
    }

    /// <summary>Takes the reference back where its policy says so; otherwise says what is wrong.</summary>
    private string? Unresolved(ReferenceBinding reference, RecordKey old, Span<Cell> row)
    {
        var message = ImportErrors.UnresolvedReference(
            reference.Reference, _context.Problems.Shown(old), reference.Find(old, out _) ?? DropReason.Absent);
        if (reference.Policy != UnresolvedReferencePolicy.SetNull)
        {
            return DropsRow(reference, old) ? null : message;
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

    private static void SetToNull(ReferenceBinding reference, Span<Cell> row)
    {
        foreach (var column in reference.NulledColumns)
        {
            row[column.Index] = Cell.Null;
        }
    }
}

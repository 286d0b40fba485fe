using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <content>References that are followed when all of a record has been read.</content>
internal sealed partial class RecordReader
{
    private void Follow(ReferenceBinding reference, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        if (reference.OldKey() is not { } old)
        {
            return;
        }

        if (reference.Find(old, out var rank) is not null)
        {
            if (Unresolved(reference, old, row) is { } wrong)
            {
                _context.Problems.Add(
                    BackupProblemKind.UnresolvedReference,
                    wrong,
                    _layout.IsOfChild ? _places.Of(cursor, _rowStart) : _places.Of(cursor, reference.Reference, _layout));
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
            SetToNull(reference, row);
        }
        else if (!reference.IsAlternate || key != old)
        {
            SetColumns(reference, key, row, batch);
        }
    }

    private static void SetColumns(ReferenceBinding reference, RecordKey key, Span<Cell> row, RowBatch batch)
    {
        foreach (var column in reference.Columns)
        {
            foreach (var (owner, part) in column.Parts)
            {
                if (owner == reference)
                {
                    row[column.Index] = KeyCells.Of(column.Field, key.Part(part), batch) ?? Cell.Null;
                }
            }
        }
    }

    /// <summary>Takes the reference back where its policy says so; otherwise says what is wrong.</summary>
    private string? Unresolved(ReferenceBinding reference, RecordKey old, Span<Cell> row)
    {
        var message = Errors.UnresolvedReference(
            reference.Reference, _context.Problems.Shown(old), reference.Find(old, out _) ?? DropReason.Absent);
        if (reference.Policy != UnresolvedReferencePolicy.SetNull)
        {
            return DropsRow(reference, old) ? null : message;
        }

        if (!reference.CanBeNull)
        {
            return Errors.CannotSetNull(message);
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

using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Turns the records of one model, or of one type of a hierarchy, into rows with their new keys.</summary>
internal sealed class RecordReader
{
    private readonly ImportContext _context;
    private readonly EntityLayout _layout;
    private readonly RecordPlaces _places;
    private readonly ChangedCells _changes;
    private KeptElements? _kept;

    /// <param name="table">The model's records.</param>
    /// <param name="layout">What they look like: those of the model, or of one type of a hierarchy.</param>
    /// <param name="context">The import.</param>
    /// <param name="cuts">The references that are written as null and filled in at the end.</param>
    internal RecordReader(KeyTable table, EntityLayout layout, ImportContext context, IReadOnlyCollection<RelocationReference> cuts)
    {
        _context = context;
        _layout = layout;
        _places = new RecordPlaces(table, context.Problems);
        Cuts = cuts.Count == 0 ? null : new CutRows(layout, cuts);
        Rows = new RowReader(table, layout, context, cuts, _places, string.Empty, Cuts);
        _changes = new ChangedCells(Rows.Bound);
    }

    /// <summary>Reads the rows' columns, and the members that become rows of other tables.</summary>
    internal RowReader Rows { get; }

    /// <summary>The model's records.</summary>
    internal KeyTable Table => Rows.Table;

    /// <summary>What has to be filled in at the end, when references are cut.</summary>
    internal CutRows? Cuts { get; }

    /// <summary>Whether the rows of members that wait are so many that they should be written.</summary>
    internal bool HoldsEnough => Rows.Members.HoldEnough;

    /// <summary>
    /// Reads the cursor's record into the batch's next row. When something is wrong with it, that is noted among the problems
    /// and the batch has no row more.
    /// </summary>
    internal void Read(RecordCursor cursor, RowBatch batch) => Read(cursor, batch, isOver: false);

    /// <summary>Reads a record whose row is written over another: the key is that row's.</summary>
    internal void ReadOver(RecordCursor cursor, RowBatch batch) => Read(cursor, batch, isOver: true);

    /// <summary>Counts what members hold of a record that stands for a row that is there; its values are not looked at.</summary>
    internal void CountKept(RecordCursor cursor)
    {
        if (Rows.Members.Any)
        {
            (_kept ??= new KeptElements(Rows)).Walk(_layout, cursor.Fields);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(RecordCursor cursor, RowBatch batch, bool isOver)
    {
        var problems = _context.Problems.Count;
        var row = new RowDraft(cursor, batch, 0);
        var record = Rows.Begin();
        ReadKey(row, record);
        if (Table.Changes is { } changes)
        {
            _changes.Apply(changes, row.Rank, row.Cells, batch, record);
        }

        Rows.Read(cursor.Fields, row);
        Rows.Complete(row);
        if (isOver)
        {
            WriteKey(row);
        }

        if (_context.Problems.Count == problems)
        {
            batch.CompleteRow(row.Rank);
            Rows.Bound.KeepReferences(row.Rank);
            if (Rows.Members.Any)
            {
                Rows.Members.Read(cursor, batch, replaced: isOver ? Table.NewKey(row.Rank) : null);
            }
        }
    }

    private void ReadKey(in RowDraft row, long record)
    {
        var columns = Rows.Bound.Columns;
        if (Table.CountsUp)
        {
            var key = Table.NewInteger(row.Rank);
            row.Cells[0] = Cell.Fixed(key);
            columns[0].Seen = record;
            if (key > columns[0].Field.Limits.Most)
            {
                _context.Problems.Add(BackupProblemKind.WrongValue, ImportErrors.KeysUsedUp(columns[0].Field), _places.OfKey(row.Cursor));
            }

            return;
        }

        var old = Table.Records.Keys[row.Rank].Parts;
        var kept = Table.Entity.Key.Policy == KeyPolicy.Compose ? old : Table.NewKey(row.Rank).Parts;
        for (var part = 0; part < _layout.KeyKinds.Length; part++)
        {
            var column = columns[part];
            column.Seen = record;
            foreach (var (reference, position) in column.Parts)
            {
                reference.Parts[position] = old[part];
            }

            if (KeyCells.Of(column.Field, kept[part], row.Batch) is { } cell)
            {
                row.Cells[part] = cell;
            }
            else if (column.Parts.Count > 0)
            {
                row.Cells[part] = Cell.Null;
                Rows.References.NoteBeyond(column, BackupProblemKind.KeyOfWrongKind, ImportErrors.KeyDoesNotFit(column.Field), _places.OfKey(row.Cursor));
            }
            else
            {
                _context.Problems.Add(BackupProblemKind.KeyOfWrongKind, ImportErrors.KeyDoesNotFit(column.Field), _places.OfKey(row.Cursor));
            }
        }
    }

    /// <summary>Gives the row the key of the one that it is written over.</summary>
    private void WriteKey(in RowDraft row)
    {
        var parts = Table.NewKey(row.Rank).Parts;
        for (var part = 0; part < parts.Count; part++)
        {
            row.Cells[part] = KeyCells.Of(_layout.Columns[part], parts[part], row.Batch) ?? Cell.Null;
        }
    }
}

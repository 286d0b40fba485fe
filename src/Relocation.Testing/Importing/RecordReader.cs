using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Turns the records of one model into rows: reads fields, follows references, applies defaults, gives the new key.</summary>
internal sealed partial class RecordReader
{
    private readonly KeyTable _table;
    private RecordReader[]? _withChildren;
    private readonly ImportContext _context;
    private readonly EntityLayout _layout;
    private readonly NameGuess[] _guesses;
    private readonly EntityBinding _binding;
    private readonly ReferenceBinding[] _slowReferences;
    private readonly RecordPlaces _places;
    private readonly long[] _entered;
    private readonly ChangedCells _changes;
    private long _record;

    /// <param name="table">The model's records.</param>
    /// <param name="layout">What they look like: those of the model, or of one type of a hierarchy.</param>
    /// <param name="context">The import.</param>
    /// <param name="cuts">The references that are written as null and filled in at the end.</param>
    internal RecordReader(KeyTable table, EntityLayout layout, ImportContext context, IReadOnlyCollection<RelocationReference> cuts)
        : this(table, layout, context, cuts, new RecordPlaces(table, context.Problems), string.Empty)
    {
    }

    private RecordReader(
        KeyTable table,
        EntityLayout layout,
        ImportContext context,
        IReadOnlyCollection<RelocationReference> cuts,
        RecordPlaces places,
        string path)
    {
        Path = path;
        _table = table;
        _layout = layout;
        _context = context;
        _places = places;
        _binding = new EntityBinding(layout, table, context, cuts);
        _changes = new ChangedCells(_binding);
        Drift = new DriftLog(layout);
        _slowReferences = [.. _binding.References.Where(reference => !reference.IsPlain)];
        _guesses = _layout.NewGuesses();
        _entered = layout.ObjectCount == 0 ? [] : new long[layout.ObjectCount];
        Cuts = cuts.Count == 0 || layout.IsOfChild ? null : new CutRows(layout, cuts);
        Children = layout.Children.Length == 0
            ? []
            : [.. layout.Children.Select(child => new ChildRows(
                child, new RecordReader(table, child.Rows, context, cuts, places, $"{path}{child.Child.Name}."), cuts,
                table.Entity.OnCollision ?? context.Options.OnCollision))];
    }

    /// <summary>The rows that are read: the model, or one type of a hierarchy.</summary>
    internal RelocationEntity Entity => _layout.Entity;

    /// <summary>The model's records.</summary>
    internal KeyTable Table => _table;

    internal EntityLayout Layout => _layout;

    /// <summary>The columns of the rows.</summary>
    internal IReadOnlyList<RelocationField> Columns => _layout.Columns;

    internal DriftLog Drift { get; }

    /// <summary>What has to be filled in at the end, when references are cut.</summary>
    internal CutRows? Cuts { get; }

    /// <summary>Whether there is anything in <see cref="Drift"/> or <see cref="DefaultedColumns"/>.</summary>
    internal bool HasDrifted => Drift.HasUnknown || Array.Exists(_binding.Columns, column => column.Defaulted > 0);

    /// <summary>Whether some value lost digits.</summary>
    internal bool HasShortened => Array.Exists(_binding.Columns, column => column.Shortened > 0);

    internal IEnumerable<ColumnBinding> ShortenedColumns => _binding.Columns.Where(column => column.Shortened > 0);

    internal IEnumerable<ColumnBinding> DefaultedColumns => _binding.Columns.Where(column => column.Defaulted > 0);

    internal long ReferencesSetToNull => _binding.References.Sum(reference => reference.SetToNull);

    /// <summary>
    /// Reads the cursor's record into the batch's next row. When something is wrong with it, that is noted among the problems
    /// and the batch has no row more.
    /// </summary>
    internal void Read(RecordCursor cursor, RowBatch batch) => Read(cursor, batch, KeyMappingKind.Inserted);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(RecordCursor cursor, RowBatch batch, KeyMappingKind kind)
    {
        var rank = cursor.Rank;
        var problems = _context.Problems.Count;
        _noted.Clear();
        var row = batch.NextRow();
        _record++;
        ReadKey(cursor, row, batch);
        if (_table.Changes is { } changes)
        {
            _changes.Apply(changes, rank, row, batch, _record);
        }

        ReadFields(_layout.Root, cursor.Fields, 0, cursor, row, batch);
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

        if (_beyond.Count > 0)
        {
            RefuseBeyond();
        }

        if (kind == KeyMappingKind.Overwrite)
        {
            WriteKey(rank, row, batch);
        }

        if (_context.Problems.Count == problems)
        {
            batch.CompleteRow(rank);
            _binding.KeepReferences(rank);
            if (Children.Length > 0)
            {
                ReplaceChildren(rank, kind);
                ReadChildren(cursor, batch);
            }
        }
    }

    private void ReadKey(RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        var rank = cursor.Rank;
        if (_table.CountsUp)
        {
            var key = _table.NewInteger(rank);
            var counted = _binding.Columns[0];
            row[0] = Cell.Fixed(key);
            counted.Seen = _record;
            ClearParts();
            if (key > counted.Field.Limits.Most)
            {
                _context.Problems.Add(BackupProblemKind.WrongValue, Errors.KeysUsedUp(counted.Field), _places.OfKey(cursor));
            }

            return;
        }

        ClearParts();
        var old = _table.Records.Keys[rank].Parts;
        var kept = _table.Entity.Key.Policy == KeyPolicy.Compose ? old : _table.NewKey(rank).Parts;
        for (var part = 0; part < _layout.KeyKinds.Length; part++)
        {
            var column = _binding.Columns[part];
            column.Seen = _record;
            foreach (var (reference, position) in column.Parts)
            {
                reference.Parts[position] = old[part];
            }

            if (KeyCells.Of(column.Field, kept[part], batch) is { } cell)
            {
                row[part] = cell;
            }
            else if (column.Parts.Count > 0)
            {
                row[part] = Cell.Null;
                NoteBeyond(column, BackupProblemKind.KeyOfWrongKind, Errors.KeyDoesNotFit(column.Field), _places.OfKey(cursor));
            }
            else
            {
                _context.Problems.Add(BackupProblemKind.KeyOfWrongKind, Errors.KeyDoesNotFit(column.Field), _places.OfKey(cursor));
            }
        }
    }

    private void ClearParts()
    {
        foreach (var reference in _slowReferences)
        {
            Array.Clear(reference.Parts);
        }
    }

    private void ReadFields(
        FieldNode node, ReadOnlySpan<byte> json, int start, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (!node.TryFind(reader.Name, reader.NameIsEscaped, _guesses[node.Id], out var column, out var nested))
            {
                ReadUnknown(node, ref reader, start, cursor);
            }
            else if (nested is null)
            {
                if (column >= _layout.FirstChild)
                {
                    Note(column - _layout.FirstChild, ref reader, start, cursor);
                    continue;
                }

                var known = column < _binding.Columns.Length ? column : ApplyRule(column, start, cursor, ref reader);
                if (known != FieldRule.Dropped)
                {
                    ReadColumn(_binding.Columns[known], ref reader, start, cursor, row, batch);
                }
            }
            else if (reader.Kind == JsonToken.Object)
            {
                Enter(nested);
                ReadFields(nested, reader.Value, start + reader.ValueStart, cursor, row, batch);
            }
            else if (reader.Kind == JsonToken.Null)
            {
                SetNull(nested, ref reader, start, cursor, row);
            }
            else
            {
                _context.Problems.Add(
                    BackupProblemKind.WrongValue, Errors.NotAnObject(_places.PathOf(cursor, start, ref reader)), _places.Of(cursor, start, ref reader));
                nested.Columns.FindAll(hidden => hidden < _binding.Columns.Length).ForEach(hidden => _binding.Columns[hidden].Seen = _record);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadColumn(
        ColumnBinding column, ref FieldReader value, int start, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        if (column.KeyPart >= 0)
        {
            CheckKeyPart(column, ref value, start, cursor);
            return;
        }

        string? wrong = null;
        var kind = BackupProblemKind.WrongValue;
        if (column.Seen == _record)
        {
            if (column.Changed == _record)
            {
                return;
            }

            kind = BackupProblemKind.DoubledMember;
            wrong = Errors.DoubledField(column.Field);
        }
        else if (value.Kind == JsonToken.Null)
        {
            wrong = ReadNull(column, row, batch);
        }
        else if (column.Plain is { } plain)
        {
            if (value.Kind == JsonToken.Number && Utf8Parser.TryParse(value.Value, out long key, out var used)
                && used == value.Value.Length)
            {
                if (plain.Target!.TryFind(key, out var rank) && plain.Target.StateOf(rank) == RecordState.Taken)
                {
                    row[column.Index] = Cell.Fixed(plain.Target.NewInteger(rank));
                    plain.Target.Tell();
                    plain.Parts[0] = plain.Kept is null ? null : RecordKey.From(key);
                }
                else if (rank >= 0 && plain.Target.MappedKey(rank) is { } mapped)
                {
                    row[column.Index] = Cell.Fixed(mapped.AsInteger());
                    plain.Parts[0] = plain.Kept is null ? null : RecordKey.From(key);
                }
                else if (rank < 0 && plain.Target.KnownMapping(RecordKey.From(key)) is { } known)
                {
                    row[column.Index] = Cell.Fixed(known.New.AsInteger());
                    plain.Parts[0] = plain.Kept is null ? null : RecordKey.From(key);
                }
                else
                {
                    wrong = Unresolved(plain, RecordKey.From(key), row);
                    kind = BackupProblemKind.UnresolvedReference;
                }
            }
            else
            {
                wrong = Errors.WrongReference(column.Field, RecordKeyKind.Integer);
            }
        }
        else if (column.Parts.Count > 0)
        {
            wrong = ReadPart(column, ref value, start, cursor, row, batch);
        }
        else
        {
            batch.HasLostDigits = false;
            wrong = ValueReader.Read(column.AsRead, ref value, batch, out row[column.Index]);
            if (batch.HasLostDigits && column.CountShortened())
            {
                column.ShortenedAt(_places.Of(cursor, start, ref value));
            }
        }

        column.Seen = _record;
        if (wrong is not null)
        {
            _context.Problems.Add(kind, _context.Problems.WithValue(wrong, value.Value), _places.Of(cursor, start, ref value));
        }
    }

    private static string? ReadNull(ColumnBinding column, Span<Cell> row, RowBatch batch)
    {
        if (column.Plain is { } plain)
        {
            plain.Parts[0] = null;
        }

        // A JSON column that takes no null keeps JSON's own null.
        var isJsonNull = column.Field is { Type: FieldType.Json, IsNullable: false };
        row[column.Index] = isJsonNull ? batch.Add("null"u8) : Cell.Null;
        return isJsonNull || column.Field.IsNullable ? null : Errors.NoNullAllowed(column.Field);
    }

    /// <summary>Reads a part of a reference; until the reference is followed the column holds what the backup says.</summary>
    private string? ReadPart(ColumnBinding column, ref FieldReader value, int start, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        foreach (var (reference, part) in column.Parts)
        {
            if (reference.IsAlternate)
            {
                reference.Parts[part] = ReferenceBinding.ReadValue(ref value, reference.PartKind(part));
                if (ValueReader.Read(column.AsRead, ref value, batch, out row[column.Index]) is { } wrong)
                {
                    return wrong;
                }

                continue;
            }

            if (ReferenceBinding.ReadKey(ref value, reference.PartKind(part)) is not { } key)
            {
                return Errors.WrongReference(column.Field, reference.PartKind(part));
            }

            reference.Parts[part] = key;
            if (KeyCells.Of(column.Field, key, batch) is { } cell)
            {
                row[column.Index] = cell;
                continue;
            }

            row[column.Index] = Cell.Null;
            NoteBeyond(
                column,
                BackupProblemKind.WrongValue,
                _context.Problems.WithValue(Errors.ReferenceBeyond(column.Field), value.Value),
                _places.Of(cursor, start, ref value));
        }

        return null;
    }

    private void CheckKeyPart(ColumnBinding column, ref FieldReader value, int start, RecordCursor cursor)
    {
        var expected = _table.Records.Keys[cursor.Rank].Parts[column.KeyPart];
        if (ReferenceBinding.ReadKey(ref value, _layout.KeyKinds[column.KeyPart]) != expected)
        {
            _context.Problems.Add(
                BackupProblemKind.WrongValue, Errors.KeyPartDiffers(column.Field.Name), _places.Of(cursor, start, ref value));
        }
    }
}

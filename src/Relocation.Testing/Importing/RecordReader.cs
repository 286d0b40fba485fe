using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Importing;

/// <summary>Turns the records of one model into rows: reads fields, follows references, applies defaults, gives the new key.</summary>
internal sealed partial class RecordReader
{
    private readonly KeyTable _table;
    private readonly ImportContext _context;
    private readonly EntityLayout _layout;
    private readonly NameGuess[] _guesses;
    private readonly EntityBinding _binding;
    private readonly ReferenceBinding[] _slowReferences;
    private readonly RecordPlaces _places;
    private readonly ChangedCells _changes;
    private readonly (ReferenceKeys Shown, RecordKey?[] ByRank)[] _choices;
    private long _record;

    /// <param name="table">The model's records.</param>
    /// <param name="context">The import.</param>
    /// <param name="cuts">The references that are written as null and filled in at the end.</param>
    internal RecordReader(KeyTable table, ImportContext context, IReadOnlyCollection<RelocationReference> cuts)
    {
        _table = table;
        _context = context;
        _places = new RecordPlaces(table, context.Problems);
        _binding = new EntityBinding(table.Entity, context, cuts);
        _changes = new ChangedCells(_binding);
        _slowReferences = [.. _binding.References.Where(reference => !reference.IsPlain)];
        _layout = context.Layouts[table.Entity];
        _guesses = _layout.NewGuesses();
        Drift = new DriftLog(_layout);
        Keys = new ModelKeys(table.Entity.Label);
        Keys.Old.EnsureCapacity(table.Taken);
        Keys.New.EnsureCapacity(table.Taken);
        Keys.References.AddRange(_binding.KeptReferences);
        _choices = [.. table.Choices.Select(choice => (new ReferenceKeys(choice.Field, default), choice.ByRank))];
        Keys.References.AddRange(_choices.Select(choice => choice.Shown));
        Cuts = cuts.Count == 0 ? null : new CutRows(table.Entity, cuts);
    }

    internal RelocationEntity Entity => _table.Entity;

    /// <summary>The columns of the rows.</summary>
    internal IReadOnlyList<RelocationField> Columns => _layout.Columns;

    /// <summary>The entries of the pk map, one for each row.</summary>
    internal ModelKeys Keys { get; }

    internal DriftLog Drift { get; }

    /// <summary>What has to be filled in at the end, when references are cut.</summary>
    internal CutRows? Cuts { get; }

    /// <summary>Whether there is anything in <see cref="Drift"/> or <see cref="DefaultedColumns"/>.</summary>
    internal bool HasDrifted => Drift.HasUnknown || Array.Exists(_binding.Columns, column => column.Defaulted > 0);

    internal IEnumerable<ColumnBinding> DefaultedColumns => _binding.Columns.Where(column => column.Defaulted > 0);

    internal long ReferencesSetToNull => _binding.References.Sum(reference => reference.SetToNull);

    /// <summary>
    /// Reads the cursor's record into the batch's next row. When something is wrong with it, that is noted among the problems
    /// and the batch has no row more.
    /// </summary>
    internal void Read(RecordCursor cursor, RowBatch batch) => Read(cursor, batch, KeyMappingKind.Inserted);

    private void Read(RecordCursor cursor, RowBatch batch, KeyMappingKind kind)
    {
        var rank = cursor.Rank;
        var problems = _context.Problems.Count;
        var row = batch.NextRow();
        _record++;
        ReadKey(cursor, row, batch);
        var changes = _table.ChangesOf(rank);
        if (changes is not null)
        {
            _changes.Apply(changes, row, batch, _record);
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

        if (kind == KeyMappingKind.Overwrite)
        {
            WriteKey(rank, row, batch);
        }

        if (_context.Problems.Count == problems)
        {
            Complete(rank, batch, kind);
        }
    }

    private void ReadKey(RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        var rank = cursor.Rank;
        if (_table.CountsUp)
        {
            row[0] = Cell.Fixed(_table.NewInteger(rank));
            _binding.Columns[0].Seen = _record;
            ClearParts();
            return;
        }

        ClearParts();
        var old = _table.Records.Keys[rank].Parts;
        var kept = Entity.Key.Policy == KeyPolicy.Compose ? old : _table.NewKey(rank).Parts;
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
                Drift.Add(_places.PathOf(ref reader), _places.Of(cursor, start, ref reader));
            }
            else if (nested is null)
            {
                var known = column < _binding.Columns.Length ? column : ApplyRule(column, start, cursor, ref reader);
                if (known != FieldRule.Dropped)
                {
                    ReadColumn(_binding.Columns[known], ref reader, start, cursor, row, batch);
                }
            }
            else if (reader.Kind == JsonToken.Object)
            {
                var outer = _places.Enter(ref reader);
                ReadFields(nested, reader.Value, start + reader.ValueStart, cursor, row, batch);
                _places.Leave(outer);
            }
            else if (reader.Kind == JsonToken.Null)
            {
                SetNull(nested, ref reader, start, cursor, row);
            }
            else
            {
                _context.Problems.Add(
                    BackupProblemKind.WrongValue, Errors.NotAnObject(_places.PathOf(ref reader)), _places.Of(cursor, start, ref reader));
                nested.Columns.ForEach(hidden => _binding.Columns[hidden].Seen = _record);
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
            wrong = ReadPart(column, ref value, row, batch);
        }
        else
        {
            wrong = ValueReader.Read(column.Field, ref value, batch, out row[column.Index]);
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
    private static string? ReadPart(ColumnBinding column, ref FieldReader value, Span<Cell> row, RowBatch batch)
    {
        foreach (var (reference, part) in column.Parts)
        {
            if (ReferenceBinding.ReadKey(ref value, reference.PartKind(part)) is not { } key)
            {
                return Errors.WrongReference(column.Field, reference.PartKind(part));
            }

            reference.Parts[part] = key;
            row[column.Index] = KeyCells.Of(column.Field, key, batch) ?? Cell.Null;
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

    private void FillAbsent(ColumnBinding column, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        var field = column.Field;
        if (column.Plain is { } plain)
        {
            plain.Parts[0] = null;
        }

        if (field.Default is null or { Kind: FieldDefaultKind.Database })
        {
            row[column.Index] = Cell.Null;
            if (!field.IsNullable)
            {
                _context.Problems.Add(BackupProblemKind.MissingField, Errors.MissingField(field), _places.OfFields(cursor));
                return;
            }
        }
        else
        {
            row[column.Index] = _context.Generated.DefaultOf(field, Entity.Label, _table.Records.Keys[cursor.Rank], batch);
        }

        if (field.IsInBackup)
        {
            column.CountDefaulted(_places.OfFields(cursor));
        }
    }

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
                    BackupProblemKind.UnresolvedReference, wrong, _places.Of(cursor, reference.Reference, _layout));
            }

            return;
        }

        // A record that was neither in this backup nor in one before was found in the database, where natural keys keep their meaning.
        var key = rank < 0
            ? reference.Target!.KnownMapping(old)?.New ?? old
            : _context.Tables.NewKey(reference.Target!, rank);
        if (Cuts?.Holds(reference.Reference) == true)
        {
            Cuts.Add(reference.Reference, _context.Tables.NewKey(_table, cursor.Rank), key);
            SetToNull(reference, row);
        }
        else
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
                    row[column.Index] = KeyCells.Of(column.Field, key.Parts[part], batch) ?? Cell.Null;
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
            return message;
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

    /// <summary>Writes null into the reference's columns that take it; into those that it shares with another only if it must.</summary>
    private static void SetToNull(ReferenceBinding reference, Span<Cell> row)
    {
        var nullable = reference.Columns.Where(column => column.Field.IsNullable && column.KeyPart < 0).ToList();
        var own = nullable.Where(column => column.Parts.Count < 2).ToList();
        foreach (var column in own.Count > 0 ? own : nullable)
        {
            row[column.Index] = Cell.Null;
        }
    }
}

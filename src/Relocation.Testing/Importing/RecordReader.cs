using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Relocation.Testing.Backups;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Importing;

/// <summary>Turns the records of one model into rows: reads fields, follows references, applies defaults, gives the new key.</summary>
internal sealed class RecordReader
{
    private readonly KeyTable _table;
    private readonly ImportContext _context;
    private readonly ColumnBinding[] _columns;
    private readonly ReferenceBinding[] _references;
    private readonly ReferenceBinding[] _slowReferences;
    private readonly RecordKeyKind[] _keyKinds;
    private readonly FieldNode _root = new();
    private long _record;

    /// <summary>The JSON pointer, within the fields, of the object being read; empty for the fields themselves.</summary>
    private string _pointer = string.Empty;

    /// <param name="table">The model's records.</param>
    /// <param name="context">The import.</param>
    /// <param name="cuts">The references that are written as null and filled in at the end.</param>
    internal RecordReader(KeyTable table, ImportContext context, IReadOnlyCollection<RelocationReference> cuts)
    {
        _table = table;
        _context = context;
        var entity = table.Entity;
        var keyParts = entity.Key.Fields.Count;
        _columns = [.. entity.WrittenFields.Select((field, index) => new ColumnBinding(field, index, index < keyParts ? index : -1))];
        _keyKinds = [.. Enumerable.Range(0, keyParts).Select(entity.Key.PartKind)];
        Columns = [.. _columns.Select(column => column.Field)];
        Keys = new ModelKeys(entity.Label);
        Keys.Old.EnsureCapacity(table.Taken);
        Keys.New.EnsureCapacity(table.Taken);
        Cuts = cuts.Count == 0 ? null : new CutRows(entity, cuts);
        _references = [.. entity.References.Select(Bind)];
        _slowReferences = [.. _references.Where(reference => !reference.IsPlain)];
        foreach (var column in _columns.Where(column => column.Field.IsInBackup))
        {
            _root.Add(column);
        }
    }

    internal RelocationEntity Entity => _table.Entity;

    /// <summary>The columns of the rows.</summary>
    internal IReadOnlyList<RelocationField> Columns { get; }

    /// <summary>The entries of the pk map, one for each row.</summary>
    internal ModelKeys Keys { get; }

    internal DriftLog Drift { get; } = new();

    /// <summary>What has to be filled in at the end, when references are cut.</summary>
    internal CutRows? Cuts { get; }

    internal IEnumerable<ColumnBinding> DefaultedColumns => _columns.Where(column => column.Defaulted > 0);

    internal long ReferencesSetToNull => _references.Sum(reference => reference.SetToNull);

    /// <summary>
    /// Reads the cursor's record into the batch's next row. When something is wrong with it, that is noted among the problems
    /// and the batch has no row more.
    /// </summary>
    internal void Read(RecordCursor cursor, RowBatch batch)
    {
        var rank = cursor.Rank;
        var problems = _context.Problems.Count;
        var row = batch.NextRow();
        _record++;
        ReadKey(cursor, row, batch);
        ReadFields(_root, cursor.Fields, 0, cursor, row, batch);
        foreach (var column in _columns)
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

        if (_context.Problems.Count == problems)
        {
            Complete(rank, batch);
        }
    }

    private ReferenceBinding Bind(RelocationReference reference)
    {
        var target = _context.Tables.Find(reference.Target);
        var policy = reference.OnUnresolved ?? _context.Options.UnresolvedReferences;
        var binding = new ReferenceBinding(Entity, reference, target, policy);
        if (_context.Options.KeepReferences)
        {
            binding.Kept = new ReferenceKeys(reference.Name, reference.Target);
            Keys.References.Add(binding.Kept);
        }

        var columns = reference.Fields.Select(name => Array.Find(_columns, column => column.Field.Name == name)).ToList();
        var isShared = Entity.References.Any(other => other != reference && other.Fields.Intersect(reference.Fields).Any());
        if (columns is [{ KeyPart: < 0 } only] && target is { CountsUp: true } && !isShared && Cuts?.Holds(reference) != true)
        {
            binding.IsPlain = true;
            only.Plain = binding;
            return binding;
        }

        for (var part = 0; part < columns.Count; part++)
        {
            columns[part]?.Parts.Add((binding, part));
        }

        return binding;
    }

    private void ReadKey(RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        var rank = cursor.Rank;
        if (_table.CountsUp)
        {
            row[0] = Cell.Fixed(_table.NewInteger(rank));
            _columns[0].Seen = _record;
            ClearParts();
            return;
        }

        ClearParts();
        var old = _table.Records.Keys[rank].Parts;
        var kept = Entity.Key.Policy == KeyPolicy.Compose ? old : _table.NewKey(rank).Parts;
        for (var part = 0; part < _keyKinds.Length; part++)
        {
            var column = _columns[part];
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
                _context.Problems.Add(BackupProblemKind.KeyOfWrongKind, Errors.KeyDoesNotFit(column.Field), PlaceOfKey(cursor));
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
            if (!node.TryFind(reader.Name, reader.NameIsEscaped, out var column, out var nested))
            {
                Drift.Add(PathOf(ref reader), PlaceOf(cursor, start, ref reader));
            }
            else if (column is not null)
            {
                ReadColumn(column, ref reader, start, cursor, row, batch);
            }
            else if (reader.Kind == JsonToken.Object)
            {
                var outer = _pointer;
                _pointer = PointerOf(ref reader);
                ReadFields(nested!, reader.Value, start + reader.ValueStart, cursor, row, batch);
                _pointer = outer;
            }
            else if (reader.Kind == JsonToken.Null)
            {
                SetNull(nested!, ref reader, start, cursor, row);
            }
            else
            {
                _context.Problems.Add(
                    BackupProblemKind.WrongValue, Errors.NotAnObject(PathOf(ref reader)), PlaceOf(cursor, start, ref reader));
                nested!.AllColumns.ForEach(hidden => hidden.Seen = _record);
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
            kind = BackupProblemKind.DoubledMember;
            wrong = Errors.DoubledField(column.Field.Name);
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
            wrong = ReadPart(column, ref value);
        }
        else
        {
            wrong = ValueReader.Read(column.Field, ref value, batch, out row[column.Index]);
        }

        column.Seen = _record;
        if (wrong is not null)
        {
            _context.Problems.Add(kind, _context.Problems.WithValue(wrong, value.Value), PlaceOf(cursor, start, ref value));
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

    private static string? ReadPart(ColumnBinding column, ref FieldReader value)
    {
        foreach (var (reference, part) in column.Parts)
        {
            if (ReferenceBinding.ReadKey(ref value, reference.PartKind(part)) is not { } key)
            {
                return Errors.WrongReference(column.Field, reference.PartKind(part));
            }

            reference.Parts[part] = key;
        }

        return null;
    }

    private void CheckKeyPart(ColumnBinding column, ref FieldReader value, int start, RecordCursor cursor)
    {
        var expected = _table.Records.Keys[cursor.Rank].Parts[column.KeyPart];
        if (ReferenceBinding.ReadKey(ref value, _keyKinds[column.KeyPart]) != expected)
        {
            _context.Problems.Add(
                BackupProblemKind.WrongValue,
                Errors.KeyPartDiffers(column.Field.Name),
                PlaceOf(cursor, start, ref value));
        }
    }

    /// <summary>An object that is null stands for null in each of its columns.</summary>
    private void SetNull(FieldNode node, ref FieldReader value, int start, RecordCursor cursor, Span<Cell> row)
    {
        foreach (var column in node.AllColumns)
        {
            column.Seen = _record;
            row[column.Index] = Cell.Null;
            if (!column.Field.IsNullable)
            {
                _context.Problems.Add(
                    BackupProblemKind.WrongValue,
                    Errors.NoNullAllowed(column.Field),
                    PlaceOf(cursor, start, ref value));
            }
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
                _context.Problems.Add(
                    BackupProblemKind.MissingField,
                    Errors.MissingField(field),
                    new PlaceRequest(cursor.FieldsOffset, $"/{cursor.ArrayIndex}/fields", Entity.Label, ShownKey(cursor.Rank)));
                return;
            }
        }
        else
        {
            row[column.Index] = DefaultOf(field, cursor.Rank, batch);
        }

        if (field.IsInBackup)
        {
            column.CountDefaulted(new PlaceRequest(cursor.FieldsOffset, $"/{cursor.ArrayIndex}/fields", Entity.Label, ShownKey(cursor.Rank)));
        }
    }

    private Cell DefaultOf(RelocationField field, int rank, RowBatch batch)
    {
        var old = _table.Records.Keys[rank];
        var generated = _context.Generated;
        return field.Default!.Kind switch
        {
            FieldDefaultKind.Now => ValueReader.MustBe(field, ValueReader.MomentOf(field, generated.Now + field.Default.Offset), batch),
            FieldDefaultKind.Token => ValueReader.MustBe(
                field, generated.Token(field.Default.Length, Entity.Label, field.Name, old), batch),
            FieldDefaultKind.Guid => ValueReader.MustBe(
                field,
                field.Type == FieldType.Text
                    ? generated.Guid(Entity.Label, field.Name, old, 0).ToString()
                    : generated.Guid(Entity.Label, field.Name, old, 0),
                batch),
            _ => ValueReader.Constant(field, batch),
        };
    }

    private void Follow(ReferenceBinding reference, RecordCursor cursor, Span<Cell> row, RowBatch batch)
    {
        if (reference.OldKey() is not { } old)
        {
            SetColumns(reference, null, row, batch);
            return;
        }

        if (reference.Find(old, out var rank) is not null)
        {
            if (Unresolved(reference, old, row) is { } wrong)
            {
                _context.Problems.Add(BackupProblemKind.UnresolvedReference, wrong, PlaceOf(cursor, reference.Reference));
            }

            return;
        }

        var key = _context.Tables.NewKey(reference.Target!, rank);
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

    private void SetColumns(ReferenceBinding reference, RecordKey? key, Span<Cell> row, RowBatch batch)
    {
        foreach (var column in _columns)
        {
            foreach (var (owner, part) in column.Parts)
            {
                if (owner == reference && (key?.Parts[part] ?? KeptPart(column, reference.Parts[part])) is { } found)
                {
                    row[column.Index] = KeyCells.Of(column.Field, found, batch) ?? Cell.Null;
                }
                else if (owner == reference && column.KeyPart < 0 && reference.Parts[part] is null)
                {
                    row[column.Index] = Cell.Null;
                }
            }
        }
    }

    /// <summary>A part of a reference that is null elsewhere stays what it is, unless another reference gives it its value.</summary>
    private static RecordKey? KeptPart(ColumnBinding column, RecordKey? part) =>
        column.KeyPart < 0 && column.Parts.Count == 1 ? part : null;

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

    private void SetToNull(ReferenceBinding reference, Span<Cell> row)
    {
        foreach (var column in _columns)
        {
            if (column.Field.IsNullable && reference.Reference.Fields.Contains(column.Field.Name))
            {
                row[column.Index] = Cell.Null;
            }
        }
    }

    private void Complete(int rank, RowBatch batch)
    {
        batch.CompleteRow(rank);
        if (_table.CountsUp && _table.Records.Keys.IsInteger)
        {
            Keys.Add(_table.Records.Keys.Integers[rank], _table.NewInteger(rank), KeyMappingKind.Inserted);
        }
        else
        {
            Keys.Add(_table.Records.Keys[rank], _context.Tables.NewKey(_table, rank), KeyMappingKind.Inserted);
        }

        foreach (var reference in _references)
        {
            reference.Kept?.OldKeys.Add(reference.OldKey());
        }
    }

    private PlaceRequest PlaceOf(RecordCursor cursor, int start, ref FieldReader value) => new(
        cursor.FieldsOffset + start + value.ValueStart,
        $"/{cursor.ArrayIndex}/fields{PointerOf(ref value)}",
        Entity.Label,
        ShownKey(cursor.Rank));

    private PlaceRequest PlaceOfKey(RecordCursor cursor) =>
        new(cursor.PkOffset, $"/{cursor.ArrayIndex}/pk", Entity.Label, ShownKey(cursor.Rank));

    /// <summary>The first member that holds a part of the reference, or the key that does.</summary>
    private PlaceRequest PlaceOf(RecordCursor cursor, RelocationReference reference)
    {
        var reader = new FieldReader(cursor.Fields);
        while (reader.Read())
        {
            if (_root.TryFind(reader.Name, reader.NameIsEscaped, out var column, out _)
                && column is not null && reference.Fields.Contains(column.Field.Name))
            {
                return PlaceOf(cursor, 0, ref reader);
            }
        }

        return PlaceOfKey(cursor);
    }

    /// <summary>The member's JSON pointer within the fields.</summary>
    private string PointerOf(ref FieldReader member) =>
        $"{_pointer}/{NameOf(ref member).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The member's name, after those of the objects that it is in.</summary>
    private string PathOf(ref FieldReader member) =>
        _pointer.Length == 0 ? NameOf(ref member) : $"{_pointer[1..].Replace('/', '.')}.{NameOf(ref member)}";

    private RecordKey? ShownKey(int rank) => _context.Problems.Shown(_table.Records.Keys[rank]);

    private static string NameOf(ref FieldReader reader)
    {
        var buffer = new byte[reader.Name.Length];
        return reader.NameIsEscaped
            ? Encoding.UTF8.GetString(buffer, 0, JsonText.Unescape(reader.Name, buffer))
            : Encoding.UTF8.GetString(reader.Name);
    }
}

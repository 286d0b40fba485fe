using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Reads the columns of rows of one kind: those of records, or of what is in a member of them.</summary>
internal sealed class RowReader
{
    private readonly ImportContext _context;
    private readonly RecordPlaces _places;
    private readonly NameGuess[] _guesses;
    private readonly ColumnState[] _columns;
    private readonly long[] _entered;
    private RowReader[]? _withChildren;
    private long _record;

    /// <param name="table">The records that the rows are read from.</param>
    /// <param name="layout">What the rows look like.</param>
    /// <param name="context">The import.</param>
    /// <param name="cuts">The references that are written as null, or whose rows are written, at the end.</param>
    /// <param name="places">Says where things stand.</param>
    /// <param name="path">The names of the members that the rows are in, each followed by a dot.</param>
    /// <param name="filled">Takes the references that are filled in at the end.</param>
    internal RowReader(
        KeyTable table,
        EntityLayout layout,
        ImportContext context,
        IReadOnlyCollection<RelocationReference> cuts,
        RecordPlaces places,
        string path,
        CutRows? filled = null)
    {
        Table = table;
        Layout = layout;
        Path = path;
        _context = context;
        _places = places;
        _guesses = layout.NewGuesses();
        _entered = layout.ObjectCount == 0 ? [] : new long[layout.ObjectCount];
        Bound = new BoundLayout(layout, table, context, cuts);
        _columns = Bound.Columns;
        Drift = new DriftLog(layout);
        References = new ReferenceFollower(table, layout, Bound, context, places, filled);
        Members = new MemberReader(this, context, places, cuts);
    }

    /// <summary>The records that the rows are read from.</summary>
    internal KeyTable Table { get; }

    internal EntityLayout Layout { get; }

    /// <summary>The rows: the model, one type of a hierarchy, or what is in a member.</summary>
    internal RelocationEntity Entity => Layout.Entity;

    /// <summary>The columns of the rows.</summary>
    internal IReadOnlyList<RelocationField> Columns => Layout.Columns;

    /// <summary>The names of the members that the rows are in, each followed by a dot.</summary>
    internal string Path { get; }

    internal BoundLayout Bound { get; }

    internal ReferenceFollower References { get; }

    /// <summary>Reads the members that become rows of other tables.</summary>
    internal MemberReader Members { get; }

    /// <summary>The rows of members, waiting until those of their owners are written.</summary>
    internal ChildRows[] Children => Members.Children;

    /// <summary>This reader, and those of what is in members.</summary>
    internal RowReader[] WithChildren =>
        _withChildren ??= Children.Length == 0 ? [this] : [.. Children.SelectMany(child => child.Reader.WithChildren).Prepend(this)];

    internal DriftLog Drift { get; }

    /// <summary>Whether there is anything in <see cref="Drift"/> or <see cref="DefaultedColumns"/>.</summary>
    internal bool HasDrifted => Drift.HasUnknown || Array.Exists(_columns, column => column.Defaulted > 0);

    /// <summary>Whether some value lost digits.</summary>
    internal bool HasShortened => Array.Exists(_columns, column => column.Shortened > 0);

    internal IEnumerable<ColumnState> ShortenedColumns => _columns.Where(column => column.Shortened > 0);

    internal IEnumerable<ColumnState> DefaultedColumns => _columns.Where(column => column.Defaulted > 0);

    internal long ReferencesSetToNull => Bound.References.Sum(reference => reference.SetToNull);

    /// <summary>Begins another row, and returns its number: columns that have it are filled.</summary>
    internal long Begin()
    {
        References.Restart();
        Members.Restart();
        return ++_record;
    }

    /// <summary>Says that a column is filled.</summary>
    internal void See(int column) => _columns[column].Seen = _record;

    /// <summary>Reads the members of an object that hold columns.</summary>
    internal void Read(ReadOnlySpan<byte> json, in RowDraft row) => ReadFields(Layout.Root, json, row.Start, row);

    /// <summary>Fills the columns that no member held, and follows references.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Complete(in RowDraft row)
    {
        foreach (var column in _columns)
        {
            if (column.Seen != _record)
            {
                FillAbsent(column, row);
            }
        }

        References.Follow(row);
    }

    /// <summary>Reads an element that is the key of another record; a composite one is a list of its parts.</summary>
    internal void ReadKeys(FieldReader element, int start, in RowDraft row)
    {
        var columns = Bound.References[0].Columns;
        if (columns.Count == 1)
        {
            ReadColumn(columns[0], ref element, start, row);
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
                    ReadColumn(columns[parts], ref reader, start + element.ValueStart, row);
                }
            }
        }

        if (parts != columns.Count)
        {
            foreach (var column in columns)
            {
                column.Seen = _record;
            }

            var wrong = ImportErrors.WrongReference(columns[0].Field, RecordKeyKind.Composite);
            Refuse(BackupProblemKind.WrongValue, wrong, _places.Of(row.Cursor, start, ref element));
        }
    }

    private void ReadFields(FieldNode node, ReadOnlySpan<byte> json, int start, in RowDraft row)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (!node.TryFind(reader.Name, reader.NameIsEscaped, _guesses[node.Id], out var column, out var nested))
            {
                ReadUnknown(node, ref reader, start, row);
            }
            else if (nested is null)
            {
                if (column >= Layout.FirstChild)
                {
                    Members.Note(column - Layout.FirstChild, ref reader, start, row.Cursor);
                    continue;
                }

                var known = column < _columns.Length ? column : ApplyRule(column, start, ref reader, row);
                if (known != FieldRule.Dropped)
                {
                    ReadColumn(_columns[known], ref reader, start, row);
                }
            }
            else if (reader.Kind == JsonToken.Object)
            {
                if (nested.Object >= 0)
                {
                    _entered[nested.Object] = _record;
                }

                ReadFields(nested, reader.Value, start + reader.ValueStart, row);
            }
            else if (reader.Kind == JsonToken.Null)
            {
                SetNull(nested, ref reader, start, row);
            }
            else
            {
                var wrong = ImportErrors.NotAnObject(_places.PathOf(row.Cursor, start, ref reader));
                Refuse(BackupProblemKind.WrongValue, wrong, _places.Of(row.Cursor, start, ref reader));
                nested.Columns.FindAll(hidden => hidden < _columns.Length).ForEach(See);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadColumn(ColumnState column, ref FieldReader value, int start, in RowDraft row)
    {
        if (column.KeyPart >= 0)
        {
            CheckKeyPart(column, ref value, start, row.Cursor);
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
            wrong = ImportErrors.DoubledField(column.Field);
        }
        else if (value.Kind == JsonToken.Null)
        {
            wrong = ReadNull(column, row);
        }
        else if (column.Plain is { } plain)
        {
            if (value.Kind == JsonToken.Number && Utf8Parser.TryParse(value.Value, out long key, out var used)
                && used == value.Value.Length)
            {
                if (plain.Target!.TryFind(key, out var rank) && plain.Target.StateOf(rank) == RecordState.Taken)
                {
                    row.Cells[column.Index] = Cell.Fixed(plain.Target.NewInteger(rank));
                    plain.Target.Tell();
                    plain.Parts[0] = plain.Kept is null ? null : RecordKey.From(key);
                }
                else if (rank >= 0 && plain.Target.MappedKey(rank) is { } mapped)
                {
                    row.Cells[column.Index] = Cell.Fixed(mapped.AsInteger());
                    plain.Parts[0] = plain.Kept is null ? null : RecordKey.From(key);
                }
                else if (rank < 0 && plain.Target.KnownMapping(RecordKey.From(key)) is { } known)
                {
                    row.Cells[column.Index] = Cell.Fixed(known.New.AsInteger());
                    plain.Parts[0] = plain.Kept is null ? null : RecordKey.From(key);
                }
                else
                {
                    wrong = References.Unresolved(plain, RecordKey.From(key), row.Cells);
                    kind = BackupProblemKind.UnresolvedReference;
                }
            }
            else
            {
                wrong = value.Kind == JsonToken.Array ? ImportErrors.NaturalKey(column.Field) : ImportErrors.WrongReference(column.Field, RecordKeyKind.Integer);
            }
        }
        else if (column.Parts.Count > 0)
        {
            wrong = References.ReadPart(column, ref value, start, row);
        }
        else
        {
            row.Batch.HasLostDigits = false;
            wrong = ValueReader.Read(column.AsRead, ref value, row.Batch, out row.Cells[column.Index]);
            if (row.Batch.HasLostDigits && column.CountShortened())
            {
                column.ShortenedAt(_places.Of(row.Cursor, start, ref value));
            }
        }

        column.Seen = _record;
        if (wrong is not null)
        {
            Refuse(kind, _context.Problems.WithValue(wrong, value.Value), _places.Of(row.Cursor, start, ref value));
        }
    }

    private static string? ReadNull(ColumnState column, in RowDraft row)
    {
        if (column.Plain is { } plain)
        {
            plain.Parts[0] = null;
        }

        // A JSON column that takes no null keeps JSON's own null.
        var isJsonNull = column.Field is { Type: FieldType.Json, IsNullable: false };
        row.Cells[column.Index] = isJsonNull ? row.Batch.Add("null"u8) : Cell.Null;
        return isJsonNull || column.Field.IsNullable ? null : ValueErrors.NoNullAllowed(column.Field);
    }

    private void CheckKeyPart(ColumnState column, ref FieldReader value, int start, RecordCursor cursor)
    {
        var expected = Table.Records.Keys[cursor.Rank].Parts[column.KeyPart];
        if (ReferenceState.ReadKey(ref value, Layout.KeyKinds[column.KeyPart]) != expected)
        {
            Refuse(BackupProblemKind.WrongValue, ImportErrors.KeyPartDiffers(column.Field.Name), _places.Of(cursor, start, ref value));
        }
    }

    private void ReadUnknown(FieldNode node, ref FieldReader member, int start, in RowDraft row)
    {
        if (Drift.CountsFirst(node, ref member))
        {
            var path = _places.PathOf(row.Cursor, start, ref member);
            Drift.FirstAt(node, ref member, path, Layout.Ignores(path) ? null : _places.Of(row.Cursor, start, ref member));
        }
    }

    /// <summary>Counts the rule that a member falls under; what is returned is the column that it holds, if any.</summary>
    private int ApplyRule(int member, int start, ref FieldReader value, in RowDraft row)
    {
        if (Drift.CountsFirst(member))
        {
            Drift.FirstAt(member, _places.Of(row.Cursor, start, ref value));
        }

        return Layout.ColumnOf(member);
    }

    /// <summary>An object that is null stands for null in each of its columns.</summary>
    private void SetNull(FieldNode node, ref FieldReader value, int start, in RowDraft row)
    {
        foreach (var member in node.Members)
        {
            if (member >= _columns.Length && member < Layout.FirstChild)
            {
                ApplyRule(member, start, ref value, row);
            }
        }

        foreach (var index in node.Columns)
        {
            var column = _columns[index];
            if (column.Changed == _record)
            {
                continue;
            }

            var isDoubled = column.Seen == _record;
            column.Seen = _record;
            row.Cells[column.Index] = Cell.Null;
            if (isDoubled)
            {
                Refuse(BackupProblemKind.DoubledMember, ImportErrors.DoubledField(column.Field), _places.Of(row.Cursor, start, ref value));
            }
            else if (!column.Field.IsNullable && !$"{column.Field.Object}.".StartsWith(node.Path, StringComparison.Ordinal))
            {
                Refuse(BackupProblemKind.WrongValue, ValueErrors.NoNullAllowed(column.Field), _places.Of(row.Cursor, start, ref value));
            }
        }
    }

    private void FillAbsent(ColumnState column, in RowDraft row)
    {
        var field = column.Field;
        if (column.Plain is { } plain)
        {
            plain.Parts[0] = null;
        }

        if (_entered.Length > 0 && Layout.ObjectOf[column.Index] is >= 0 and var missing && _entered[missing] != _record)
        {
            row.Cells[column.Index] = Cell.Null;
            return;
        }

        if (field.Default is null)
        {
            row.Cells[column.Index] = Cell.Null;
            if (!field.IsNullable)
            {
                var isOfTypes = Table.Entity.Types.Count > 0 && !Layout.IsOfChild;
                var message = isOfTypes ? ImportErrors.MissingField(field, Table.Entity) : ImportErrors.MissingField(field);
                Refuse(BackupProblemKind.MissingField, message, _places.OfFields(row.Cursor));
                return;
            }
        }
        else
        {
            row.Cells[column.Index] = field.Default.Kind == FieldDefaultKind.Database
                ? Cell.Absent
                : _context.Generated.DefaultOf(field, Entity.Label, KeyForDefaults(row.Rank), row.Batch);
        }

        // A record's own label names its type as well as a field does.
        if (field.IsInBackup && field.Name != Entity.TypeField && !Layout.HoldsKeys && column.CountDefaulted())
        {
            column.DefaultedAt(_places.OfFields(row.Cursor));
        }
    }

    /// <summary>What generated values are made from: the record's key, and for a row of a member its number too.</summary>
    private RecordKey KeyForDefaults(int rank) => Layout.IsOfChild
        ? RecordKey.From([.. Table.Records.Keys[rank].Parts, RecordKey.From(_record)])
        : Table.Records.Keys[rank];

    private void Refuse(BackupProblemKind kind, string message, PlaceRequest place) => _context.Problems.Add(kind, message, place);
}

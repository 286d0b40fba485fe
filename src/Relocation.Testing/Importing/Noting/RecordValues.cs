using System.Runtime.CompilerServices;
using System.Text;
using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Noting;

/// <summary>Keeps the values of some fields of one model's records, read while the backup is indexed.</summary>
internal sealed class RecordValues : RecordObserver, IDisposable
{
    private static readonly object Absent = new();

    private readonly EntityLayout _layout;
    private readonly NameGuess[] _guesses;
    private readonly List<object?>?[] _byColumn;
    private readonly List<(string Field, List<object?> Values)> _columns = [];
    private RelocationField[] _asRead;
    private readonly List<string> _jsonTexts = [];
    private readonly RowBatch _scratch;

    private readonly Dictionary<string, RecordValues[]> _byType = new(StringComparer.Ordinal);

    /// <summary>The values of a hierarchy's records, whose types may have fields of one name that are read differently.</summary>
    /// <param name="layout">What records of any type may hold.</param>
    /// <param name="fields">The names of the fields.</param>
    /// <param name="types">What records of each type hold.</param>
    internal RecordValues(EntityLayout layout, IReadOnlyList<string> fields, IReadOnlyList<EntityLayout> types)
        : this(layout, fields)
    {
        var differing = types.Count < 2 ? [] : fields.Where(name => Differ(types, name)).ToList();
        RecordValues[] values = differing.Count == 0 ? [] : [.. types.Select(type => new RecordValues(type, differing))];
        differing.ForEach(name => _byType.Add(name, values));
    }

    /// <param name="layout">The model's layout.</param>
    /// <param name="fields">The names of the fields; those that are part of the key are left out, as keys are known anyway.</param>
    private RecordValues(EntityLayout layout, IEnumerable<string> fields)
    {
        _layout = layout;
        _guesses = layout.NewGuesses();
        _scratch = new RowBatch(layout.Columns, 1);
        _byColumn = new List<object?>?[layout.Columns.Length];
        _asRead = layout.Columns;
        foreach (var name in fields)
        {
            var column = Array.FindIndex(layout.Columns, field => field.Name == name);
            if (column >= layout.KeyKinds.Length && _byColumn[column] is null)
            {
                var values = new List<object?>();
                _columns.Add((name, values));
                _byColumn[column] = values;
                AddJsonText(column);
            }
        }
    }

    /// <summary>The value; null when it is null, absent, or no value of the field, which is reported when the record is read.</summary>
    internal object? this[string field, int rank] => Noted(field, rank) is { } value && value != Absent ? Meant(field, value) : null;

    /// <summary>Whether texts that are JSON stand for that JSON, where a field may hold such; known after the first pass.</summary>
    internal bool TextsAreJson { get; set; }

    /// <summary>The records' types, once these are known.</summary>
    internal KeyTable? Table { get; set; }

    /// <summary>Room for one row of the model's.</summary>
    internal RowBatch Scratch
    {
        get
        {
            _scratch.Clear();
            return _scratch;
        }
    }

    internal bool Has(string field) => ColumnOf(field) is not null;

    internal bool IsAbsent(string field, int rank) => Noted(field, rank) == Absent;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        foreach (var (_, values) in _columns)
        {
            values.Add(Absent);
        }

        Read(_layout.Root, fields, rank);
        foreach (var type in _byType.Count == 0 ? [] : _byType.Values.First())
        {
            type.Observe(rank, fields);
        }
    }

    public void Dispose()
    {
        _scratch.Dispose();
        foreach (var type in _byType.Values.SelectMany(types => types))
        {
            type.Dispose();
        }
    }

    private static bool Differ(IReadOnlyList<EntityLayout> types, string name) => types
        .Select(type => Array.Find(type.Columns, column => column.Name == name)).OfType<RelocationField>()
        .Select(field => (field.Type, field.ClrType, field.Converter?.GetType())).Distinct().Count() > 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<object?>? ColumnOf(string field)
    {
        foreach (var (name, values) in _columns)
        {
            if (name == field)
            {
                return values;
            }
        }

        return null;
    }

    /// <summary>What text means is known after the first pass, in which it is kept as it is.</summary>
    private void AddJsonText(int column)
    {
        var field = _layout.Columns[column];
        if (field.MayHoldJsonInText)
        {
            _jsonTexts.Add(field.Name);
            _asRead = [.. _asRead];
            _asRead[column] = field with { Encoding = FieldEncoding.Native };
        }
    }

    private object Meant(string field, object value) =>
        TextsAreJson && _jsonTexts.Count > 0 && value is string json && json.StartsWith('"') && _jsonTexts.Contains(field)
            ? ListText.TryCompactJson(Encoding.UTF8.GetBytes(JsonText.ToText(Encoding.UTF8.GetBytes(json).AsSpan()[1..^1]))) is { } held
                ? Encoding.UTF8.GetString(held)
                : json
            : value;

    /// <summary>A type that does not have the field has nothing under its name.</summary>
    private object? Noted(string field, int rank) => _byType.Count == 0 || Table is null || !_byType.TryGetValue(field, out var types)
        ? ColumnOf(field)![rank]
        : types[Table.TypeOf(rank)].ColumnOf(field) is { } values ? values[rank] : Absent;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(FieldNode node, ReadOnlySpan<byte> json, int rank)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (!node.TryFind(reader.Name, reader.NameIsEscaped, _guesses[node.Id], out var member, out var nested))
            {
                continue;
            }

            if (nested is null)
            {
                Note(_layout.ColumnOf(member), ref reader, rank);
            }
            else if (reader.Kind == JsonToken.Object)
            {
                Read(nested, reader.Value, rank);
            }
            else
            {
                foreach (var hidden in nested.Columns)
                {
                    Note(hidden, null, rank);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Note(int column, ref FieldReader reader, int rank)
    {
        // A dropped field has no column.
        if (column < 0 || _byColumn[column] is null)
        {
            return;
        }

        if (reader.Kind == JsonToken.Null)
        {
            Note(column, null, rank);
            return;
        }

        var field = _asRead[column];
        _scratch.Clear();
        Note(column, ValueReader.Read(field, ref reader, _scratch, out var cell) is null ? PlainValue.Of(field, cell, _scratch) : null, rank);
    }

    private void Note(int column, object? value, int rank)
    {
        if (_byColumn[column] is { } values)
        {
            values[rank] = value;
        }
    }
}

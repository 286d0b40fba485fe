using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Keeps the values of some fields of one model's records, read while the backup is indexed.</summary>
internal sealed class RecordValues : RecordObserver, IDisposable
{
    private static readonly object Absent = new();

    private readonly EntityLayout _layout;
    private readonly NameGuess[] _guesses;
    private readonly List<object?>?[] _byColumn;
    private readonly Dictionary<string, List<object?>> _byName = new(StringComparer.Ordinal);
    private readonly RowBatch _scratch;

    /// <param name="layout">The model's layout.</param>
    /// <param name="fields">The names of the fields; those that are part of the key are left out, as keys are known anyway.</param>
    internal RecordValues(EntityLayout layout, IEnumerable<string> fields)
    {
        _layout = layout;
        _guesses = layout.NewGuesses();
        _scratch = new RowBatch(layout.Columns, 1);
        _byColumn = new List<object?>?[layout.Columns.Length];
        foreach (var name in fields)
        {
            var column = Array.FindIndex(layout.Columns, field => field.Name == name);
            if (column >= layout.KeyKinds.Length && _byColumn[column] is null)
            {
                _byName[name] = _byColumn[column] = [];
            }
        }
    }

    /// <summary>The value; null when it is null, absent, or no value of the field, which is reported when the record is read.</summary>
    internal object? this[string field, int rank] => _byName[field][rank] is { } value && value != Absent ? value : null;

    internal bool Has(string field) => _byName.ContainsKey(field);

    internal bool IsAbsent(string field, int rank) => _byName[field][rank] == Absent;

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        foreach (var column in _byName.Values)
        {
            column.Add(Absent);
        }

        Read(_layout.Root, fields, rank);
    }

    public void Dispose() => _scratch.Dispose();

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
                nested.Columns.ForEach(hidden => Note(hidden, null, rank));
            }
        }
    }

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

        var field = _layout.Columns[column];
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

using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Notes a few fields of one model's records while the backup is indexed: those that scopes and drops are decided by.</summary>
internal sealed class FieldFacts : RecordObserver
{
    private readonly NameTable _names = new();
    private readonly NameGuess _guess;
    private readonly RecordKeyKind?[] _kinds;
    private readonly List<RecordKey?>[] _values;
    private readonly Dictionary<string, int> _positions = [];

    /// <param name="fields">The fields, each with the kind of key that it holds, or null when only its presence matters.</param>
    internal FieldFacts(IReadOnlyList<(RelocationField Field, RecordKeyKind? Kind)> fields)
    {
        _kinds = [.. fields.Select(field => field.Kind)];
        _values = [.. fields.Select(_ => new List<RecordKey?>())];
        for (var i = 0; i < fields.Count; i++)
        {
            _positions.Add(fields[i].Field.Name, i);
            foreach (var name in fields[i].Field.FormerNames.Prepend(fields[i].Field.Name))
            {
                _names.TryAdd(name, i);
            }
        }

        for (var i = 0; i < fields.Count; i++)
        {
            foreach (var alias in fields[i].Field.Aliases)
            {
                _names.TryAdd(alias, i);
            }
        }

        _guess = new NameGuess(_names.Count);
    }

    /// <summary>The field's value as a key; null when it is absent, null or no key of its kind, which the reader reports.</summary>
    internal RecordKey? this[string field, int rank] => _values[_positions[field]][rank];

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        foreach (var column in _values)
        {
            column.Add(null);
        }

        var reader = new FieldReader(fields);
        while (reader.Read())
        {
            if (reader.Kind != JsonToken.Null && _names.TryFind(reader.Name, reader.NameIsEscaped, _guess, out var position))
            {
                _values[position][rank] = _kinds[position] is { } kind ? ReferenceBinding.ReadKey(ref reader, kind) : RecordKey.From(1);
            }
        }
    }
}

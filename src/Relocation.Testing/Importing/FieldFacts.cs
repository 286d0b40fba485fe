using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Notes a few fields of one model's records while the backup is indexed: those that scopes and drops are decided by.</summary>
internal sealed class FieldFacts : RecordObserver
{
    private readonly FieldNode _root;
    private readonly List<FieldNode> _nodes = [];
    private readonly List<NameGuess> _guesses;
    private readonly RecordKeyKind?[] _kinds;
    private readonly List<RecordKey?>[] _values;
    private readonly Dictionary<string, int> _positions = [];

    /// <param name="fields">The fields, each with the kind of key that it holds, or null when only its presence matters.</param>
    internal FieldFacts(IReadOnlyList<(RelocationField Field, RecordKeyKind? Kind)> fields)
    {
        _root = NewNode(string.Empty);
        _kinds = [.. fields.Select(field => field.Kind)];
        _values = [.. fields.Select(_ => new List<RecordKey?>())];
        for (var i = 0; i < fields.Count; i++)
        {
            _positions.Add(fields[i].Field.Name, i);
            foreach (var name in fields[i].Field.FormerNames.Prepend(fields[i].Field.Name))
            {
                _root.Add(name, i, i, NewNode);
            }
        }

        for (var i = 0; i < fields.Count; i++)
        {
            foreach (var alias in fields[i].Field.Aliases)
            {
                _root.Add(alias, i, i, NewNode);
            }
        }

        _guesses = [.. _nodes.Select(node => new NameGuess(node.NameCount))];
    }

    /// <summary>The types that records of a hierarchy name.</summary>
    internal TypeFacts? Types { get; init; }

    /// <summary>What members of the records refer to.</summary>
    internal ChildFacts? Children { get; init; }

    /// <summary>The field's value as a key; null when it is absent, null or no key of its kind, which the reader reports.</summary>
    internal RecordKey? this[string field, int rank] => _values[_positions[field]][rank];

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        foreach (var column in _values)
        {
            column.Add(null);
        }

        Types?.Observe(fields);
        Children?.Observe(fields);
        if (_values.Length > 0)
        {
            Read(_root, rank, fields);
        }
    }

    private void Read(FieldNode node, int rank, ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (reader.Kind == JsonToken.Null
                || !node.TryFind(reader.Name, reader.NameIsEscaped, _guesses[node.Id], out var position, out var nested))
            {
                continue;
            }

            if (nested is null)
            {
                _values[position][rank] = _kinds[position] is { } kind ? ReferenceBinding.ReadValue(ref reader, kind) : RecordKey.From(1);
            }
            else if (reader.Kind == JsonToken.Object)
            {
                Read(nested, rank, reader.Value);
            }
        }
    }

    private FieldNode NewNode(string path)
    {
        _nodes.Add(new FieldNode(_nodes.Count, path));
        return _nodes[^1];
    }
}

using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Records;

/// <summary>Notes a few fields of one model's records while the backup is indexed: those that scopes and drops are decided by.</summary>
internal sealed class FieldFacts : RecordObserver
{
    private readonly FieldNode _root;
    private readonly List<FieldNode> _nodes = [];
    private readonly List<NameGuess> _guesses;
    private readonly RecordKeyKind?[] _kinds;
    private readonly List<RecordKey?>[] _values;
    private readonly Dictionary<string, int[]> _positions = [];
    private readonly int[][] _byMember;

    /// <param name="fields">
    /// The fields, each with the kind of key that it holds, or null when only its presence matters. Types of a hierarchy may have fields of
    /// one name that hold keys of different kinds, so that a field may come more than once.
    /// </param>
    internal FieldFacts(IReadOnlyList<(RelocationField Field, RecordKeyKind? Kind)> fields)
    {
        _root = NewNode(string.Empty);
        _kinds = [.. fields.Select(field => field.Kind)];
        _values = [.. fields.Select(_ => new List<RecordKey?>())];
        var members = fields.Select(field => field.Field).Distinct().ToList();
        _byMember = [.. members.Select(member => Enumerable.Range(0, fields.Count).Where(i => fields[i].Field == member).ToArray())];
        for (var i = 0; i < members.Count; i++)
        {
            _positions.Add(members[i].Name, _byMember[i]);
            foreach (var name in members[i].FormerNames.Prepend(members[i].Name))
            {
                _root.Add(name, i, i, NewNode);
            }
        }

        for (var i = 0; i < members.Count; i++)
        {
            foreach (var alias in members[i].Aliases)
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
    /// <param name="field">The field.</param>
    /// <param name="rank">The record.</param>
    /// <param name="kind">What the value is read as; null for whatever it was noted as.</param>
    internal RecordKey? this[string field, int rank, RecordKeyKind? kind = null]
    {
        get => ColumnOf(field, kind)[rank];
    }

    /// <summary>The field's values as keys, by the records' ranks.</summary>
    internal List<RecordKey?> ColumnOf(string field, RecordKeyKind? kind)
    {
        var positions = _positions[field];
        return _values[positions.Length == 1 ? positions[0] : Array.Find(positions, candidate => kind is null || _kinds[candidate] == kind)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(FieldNode node, int rank, ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (reader.Kind == JsonToken.Null
                || !node.TryFind(reader.Name, reader.NameIsEscaped, _guesses[node.Id], out var member, out var nested))
            {
                continue;
            }

            if (nested is null)
            {
                foreach (var position in _byMember[member])
                {
                    _values[position][rank] = _kinds[position] is { } kind ? ReferenceState.ReadValue(ref reader, kind) : RecordKey.From(1);
                }
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

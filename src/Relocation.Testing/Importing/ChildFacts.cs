using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing;

/// <summary>
/// Notes to which records the members of one model's records refer, where these may be rows of the database already and have to
/// be looked up before anything is written.
/// </summary>
internal sealed class ChildFacts
{
    private readonly (EntityLayout Layout, NameGuess[] Guesses)[] _layouts;
    private readonly Dictionary<EntityLayout, NameGuess[]> _guesses = [];
    private readonly Dictionary<RelocationReference, HashSet<RecordKey>> _keys;
    private readonly Func<RelocationReference, int, RecordKeyKind> _partKind;

    internal ChildFacts(
        IEnumerable<EntityLayout> layouts,
        IEnumerable<RelocationReference> references,
        Func<RelocationReference, int, RecordKeyKind> partKind)
    {
        _layouts = [.. layouts.Select(layout => (layout, layout.NewGuesses()))];
        _keys = references.ToDictionary(reference => reference, _ => new HashSet<RecordKey>());
        _partKind = partKind;
    }

    /// <summary>The references, and the keys that occur.</summary>
    internal IEnumerable<(RelocationReference Reference, IReadOnlyCollection<RecordKey> Keys)> All =>
        _keys.Select(pair => (pair.Key, (IReadOnlyCollection<RecordKey>)pair.Value));

    internal void Observe(ReadOnlySpan<byte> fields)
    {
        foreach (var (layout, guesses) in _layouts)
        {
            Walk(layout, layout.Root, guesses, fields, null);
        }
    }

    private void Walk(
        EntityLayout layout, FieldNode node, NameGuess[] guesses, ReadOnlySpan<byte> json, Dictionary<(RelocationReference Reference, int Part), RecordKey>? row)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (!node.TryFind(reader.Name, reader.NameIsEscaped, guesses[node.Id], out var column, out var nested))
            {
                continue;
            }

            if (nested is not null && reader.Kind == JsonToken.Object)
            {
                Walk(layout, nested, guesses, reader.Value, row);
            }
            else if (nested is null && column >= layout.FirstChild)
            {
                WalkChild(layout.Children[column - layout.FirstChild], ref reader);
            }
            else if (nested is null && row is not null && layout.ColumnOf(column) is >= 0 and var known)
            {
                Take(layout, layout.Columns[known].Name, ref reader, row);
            }
        }
    }

    private void WalkChild(ChildLayout child, ref FieldReader member)
    {
        if (child.Child.IsSingle && member.Kind == JsonToken.Object)
        {
            WalkRow(child.Rows, member.Value);
        }

        if (child.Child.IsSingle || member.Kind != JsonToken.Array)
        {
            return;
        }

        var reader = new FieldReader(member.Value);
        while (reader.ReadElement())
        {
            if (child.Child.HoldsKeys)
            {
                TakeKey(child.Rows.Entity.References[0], ref reader);
            }
            else if (reader.Kind == JsonToken.Object)
            {
                WalkRow(child.Rows, reader.Value);
            }
        }
    }

    private void WalkRow(EntityLayout rows, ReadOnlySpan<byte> json)
    {
        var guesses = _guesses.TryGetValue(rows, out var known) ? known : _guesses[rows] = rows.NewGuesses();
        var row = new Dictionary<(RelocationReference Reference, int Part), RecordKey>();
        Walk(rows, rows.Root, guesses, json, row);
        foreach (var reference in rows.Entity.References.Where(_keys.ContainsKey))
        {
            Add(reference, [.. Enumerable.Range(0, reference.Fields.Count).Where(part => row.ContainsKey((reference, part))).Select(part => row[(reference, part)])]);
        }
    }

    private void Take(
        EntityLayout rows, string field, ref FieldReader value, Dictionary<(RelocationReference Reference, int Part), RecordKey> row)
    {
        foreach (var reference in rows.Entity.References)
        {
            for (var part = 0; part < reference.Fields.Count; part++)
            {
                if (reference.Fields[part] == field && _keys.ContainsKey(reference)
                    && ReferenceBinding.ReadValue(ref value, _partKind(reference, part)) is { } key)
                {
                    row[(reference, part)] = key;
                }
            }
        }
    }

    private void TakeKey(RelocationReference reference, ref FieldReader element)
    {
        if (!_keys.ContainsKey(reference))
        {
            return;
        }

        if (reference.Fields.Count == 1)
        {
            Add(reference, ReferenceBinding.ReadValue(ref element, _partKind(reference, 0)) is { } key ? [key] : []);
        }
        else if (element.Kind == JsonToken.Array)
        {
            var parts = new List<RecordKey>();
            var reader = new FieldReader(element.Value);
            while (reader.ReadElement())
            {
                if (ReferenceBinding.ReadValue(ref reader, _partKind(reference, parts.Count)) is { } part)
                {
                    parts.Add(part);
                }
            }

            Add(reference, parts);
        }
    }

    private void Add(RelocationReference reference, List<RecordKey> parts)
    {
        if (parts.Count == reference.Fields.Count)
        {
            _keys[reference].Add(parts.Count == 1 ? parts[0] : RecordKey.From(parts));
        }
    }
}

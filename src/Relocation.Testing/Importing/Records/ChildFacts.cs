using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Records;

/// <summary>
/// Notes to which records the members of one model's records refer, where these may be rows of the database already and have to
/// be looked up before anything is written.
/// </summary>
internal sealed class ChildFacts : MemberWalker
{
    private readonly EntityLayout[] _layouts;
    private Dictionary<(RelocationReference Reference, int Part), RecordKey>? _row;
    private readonly Dictionary<RelocationReference, HashSet<RecordKey>> _keys;
    private readonly Func<RelocationReference, int, RecordKeyKind> _partKind;

    internal ChildFacts(
        IEnumerable<EntityLayout> layouts,
        IEnumerable<RelocationReference> references,
        Func<RelocationReference, int, RecordKeyKind> partKind)
    {
        _layouts = [.. layouts];
        _keys = references.ToDictionary(reference => reference, _ => new HashSet<RecordKey>());
        _partKind = partKind;
    }

    /// <summary>The references, and the keys that occur.</summary>
    internal IEnumerable<(RelocationReference Reference, IReadOnlyCollection<RecordKey> Keys)> All =>
        _keys.Select(pair => (pair.Key, (IReadOnlyCollection<RecordKey>)pair.Value));

    internal void Observe(ReadOnlySpan<byte> fields)
    {
        foreach (var layout in _layouts)
        {
            Walk(layout, fields);
        }
    }

    protected override void Visit(EntityLayout rows, int column, ref FieldReader value)
    {
        foreach (var reference in _row is null ? [] : rows.Entity.References)
        {
            for (var part = 0; part < reference.Fields.Count; part++)
            {
                if (reference.Fields[part] == rows.Columns[column].Name && _keys.ContainsKey(reference)
                    && ReferenceState.ReadValue(ref value, _partKind(reference, part)) is { } key)
                {
                    _row![(reference, part)] = key;
                }
            }
        }
    }

    protected override void Visit(ChildLayout child, ref FieldReader element)
    {
        if (child.Child.HoldsKeys)
        {
            TakeKey(child.Rows.Entity.References[0], ref element);
            return;
        }

        var owner = _row;
        var row = _row = [];
        base.Visit(child, ref element);
        _row = owner;
        foreach (var reference in child.Rows.Entity.References.Where(_keys.ContainsKey))
        {
            Add(reference, [.. Enumerable.Range(0, reference.Fields.Count).Where(part => row.ContainsKey((reference, part))).Select(part => row[(reference, part)])]);
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
            Add(reference, ReferenceState.ReadValue(ref element, _partKind(reference, 0)) is { } key ? [key] : []);
        }
        else if (element.Kind == JsonToken.Array)
        {
            var parts = new List<RecordKey>();
            var reader = new FieldReader(element.Value);
            while (reader.ReadElement())
            {
                if (ReferenceState.ReadValue(ref reader, _partKind(reference, parts.Count)) is { } part)
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

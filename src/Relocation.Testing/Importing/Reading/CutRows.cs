using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Rows whose reference was written as null because its target comes later, with what it will be.</summary>
internal sealed class CutRows
{
    private readonly Dictionary<RelocationReference, List<(RecordKey Key, CutTarget Target)>> _rows;

    internal CutRows(EntityLayout layout, IEnumerable<RelocationReference> references)
    {
        Layout = layout;
        _rows = references.ToDictionary(reference => reference, _ => new List<(RecordKey Key, CutTarget Target)>());
    }

    internal EntityLayout Layout { get; }

    internal IEnumerable<(RelocationReference Reference, IReadOnlyList<(RecordKey Key, CutTarget Target)> Rows)> All =>
        _rows.Where(pair => pair.Value.Count > 0)
            .Select(pair => (pair.Key, (IReadOnlyList<(RecordKey Key, CutTarget Target)>)pair.Value));

    internal bool Holds(RelocationReference reference) => _rows.ContainsKey(reference);

    internal void Add(RelocationReference reference, RecordKey key, CutTarget target) => _rows[reference].Add((key, target));
}

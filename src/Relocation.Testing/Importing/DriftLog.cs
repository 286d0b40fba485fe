using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Counts the fields that records of one model have and the model does not know.</summary>
internal sealed class DriftLog
{
    private readonly Dictionary<string, (long Records, PlaceRequest First)> _unknown = new(StringComparer.Ordinal);

    internal IEnumerable<(string Field, long Records, PlaceRequest First)> Unknown =>
        _unknown.Select(pair => (pair.Key, pair.Value.Records, pair.Value.First));

    internal bool HasUnknown => _unknown.Count > 0;

    internal void Add(string field, PlaceRequest place) =>
        _unknown[field] = _unknown.TryGetValue(field, out var known) ? (known.Records + 1, known.First) : (1, place);
}

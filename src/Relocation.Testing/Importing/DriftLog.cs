using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Counts the fields that records of one model have and the model does not, unknown ones and declared ones.</summary>
internal sealed class DriftLog(EntityLayout layout)
{
    private readonly Dictionary<string, (long Records, PlaceRequest First)> _unknown = new(StringComparer.Ordinal);
    private readonly long[] _applied = new long[layout.Rules.Count];
    private readonly PlaceRequest[] _first = new PlaceRequest[layout.Rules.Count];

    internal IEnumerable<(string Field, long Records, PlaceRequest First)> Unknown =>
        _unknown.Select(pair => (pair.Key, pair.Value.Records, pair.Value.First));

    internal bool HasUnknown => _unknown.Count > 0;

    /// <summary>The rules that were applied.</summary>
    internal IEnumerable<(FieldRule Rule, long Records, PlaceRequest First)> Applied =>
        layout.Rules.Count == 0 ? [] : layout.Rules.Select((rule, index) => (rule, _applied[index], _first[index])).Where(rule => rule.Item2 > 0);

    internal void Add(string field, PlaceRequest place) =>
        _unknown[field] = _unknown.TryGetValue(field, out var known) ? (known.Records + 1, known.First) : (1, place);

    /// <summary>Counts a rule's application; true when it is the first, whose place <see cref="FirstAt"/> takes.</summary>
    internal bool CountsFirst(int member) => _applied[member - layout.Columns.Length]++ == 0;

    internal void FirstAt(int member, PlaceRequest place) => _first[member - layout.Columns.Length] = place;
}

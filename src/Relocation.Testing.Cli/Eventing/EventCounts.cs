namespace Relocation.Testing.Cli.Eventing;

/// <summary>What became of a file's events.</summary>
internal sealed class EventCounts
{
    private readonly HashSet<long> _groups = [];
    private readonly SortedDictionary<string, long> _types = new(StringComparer.Ordinal);

    internal long Events { get; private set; }

    internal long Saved { get; private set; }

    internal long Discarded { get; private set; }

    internal long NotGrouped { get; private set; }

    /// <summary>Events of which normalising has repaired or dropped something.</summary>
    internal long Repaired { get; private set; }

    internal long NewGroups { get; private set; }

    internal long Regressions { get; private set; }

    internal int Groups => _groups.Count;

    /// <summary>Saved events by their type.</summary>
    internal IReadOnlyDictionary<string, long> Types => _types;

    /// <summary>Tables that were made, by name.</summary>
    internal IReadOnlyList<string> Tables { get; set; } = [];

    internal void Add(EventResult result)
    {
        Events++;
        Repaired += result.Errors.Any() ? 1 : 0;
        Discarded += result.Outcome == EventOutcome.Discarded ? 1 : 0;
        NotGrouped += result.Outcome == EventOutcome.NotGrouped ? 1 : 0;
        if (result.Outcome != EventOutcome.Saved)
        {
            return;
        }

        Saved++;
        _types[result.Type] = _types.GetValueOrDefault(result.Type) + 1;
        if (result.Group is { } group)
        {
            _groups.Add(group.GroupId);
            NewGroups += group.IsNew ? 1 : 0;
            Regressions += group.IsRegression ? 1 : 0;
        }
    }
}

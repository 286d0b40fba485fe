using Relocation.Testing.Sentry.Events.Rows;

namespace Relocation.Testing.Sentry.Events.Buffering;

/// <summary>What one batch holds back, by rows that may have no key yet.</summary>
internal sealed class HeldUpdates
{
    /// <summary>The projects that all of it belongs to.</summary>
    internal HashSet<long> Projects { get; } = [];

    internal Dictionary<GroupRow, GroupUpdate> Groups { get; } = [];

    internal Dictionary<ReleaseProjectRow, int> NewGroups { get; } = [];

    internal Dictionary<SeenRow, int> NewIssues { get; } = [];

    internal Dictionary<SeenRow, DateTimeOffset> Seen { get; } = [];

    internal void Add(GroupRow group, GroupUpdate update) => Groups[group] = Groups.TryGetValue(group, out var earlier) ? earlier.Then(update) : update;
}

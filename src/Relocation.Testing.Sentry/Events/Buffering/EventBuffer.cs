using Relocation.Testing.Sentry.Events.Storing;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Sentry.Events.Buffering;

/// <summary>What a writer holds back until it is told to write it (specification, section 6.4); its connections may add to it at a time.</summary>
internal sealed class EventBuffer
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, GroupUpdate> _groups = [];
    private readonly Dictionary<long, long> _newGroups = [];
    private readonly Dictionary<long, long> _newIssues = [];
    private readonly Dictionary<long, DateTimeOffset> _seen = [];

    /// <summary>Takes over what a batch has held back, now that all its rows have keys.</summary>
    internal void Add(HeldUpdates held)
    {
        lock (_lock)
        {
            AddAll(held);
        }
    }

    internal void Clear()
    {
        _groups.Clear();
        _newGroups.Clear();
        _newIssues.Clear();
        _seen.Clear();
    }

    /// <summary>Writes all of it; groups that are gone by now are left out.</summary>
    internal async Task WriteAsync(EventSession session, CancellationToken cancellationToken)
    {
        var groups = await GroupRows.ReadAsync(session, _groups.Keys, cancellationToken).ConfigureAwait(false);
        foreach (var group in groups)
        {
            _groups[group.Id].ApplyTo(group);
        }

        await GroupRows.UpdateAsync(session, groups, cancellationToken).ConfigureAwait(false);
        await WriteAsync(session, Updates.ReleaseProjects, _newGroups, static (cells, more) => cells.Add(more), cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            session, Updates.ReleaseProjectEnvironments, _newIssues, static (cells, more) => cells.Add((DateTimeOffset?)null).Add(more), cancellationToken)
            .ConfigureAwait(false);
        await WriteAsync(session, Updates.GroupReleases, _seen, static (cells, time) => cells.Add(time), cancellationToken).ConfigureAwait(false);
    }

    private void AddAll(HeldUpdates held)
    {
        foreach (var (group, update) in held.Groups)
        {
            _groups[group.Id] = _groups.TryGetValue(group.Id, out var earlier) ? earlier.Then(update) : update;
        }

        foreach (var (row, more) in held.NewGroups)
        {
            _newGroups[row.Id] = _newGroups.GetValueOrDefault(row.Id) + more;
        }

        foreach (var (row, more) in held.NewIssues)
        {
            _newIssues[row.Id] = _newIssues.GetValueOrDefault(row.Id) + more;
        }

        foreach (var (row, time) in held.Seen)
        {
            _seen[row.Id] = time;
        }
    }

    private static Task WriteAsync<T>(
        EventSession session, RowStatement statement, Dictionary<long, T> values, Action<RowCells, T> add, CancellationToken cancellationToken)
    {
        var cells = session.CellsOf(statement);
        foreach (var (id, value) in values)
        {
            cells.Add(id);
            add(cells, value);
            cells.EndRow();
        }

        return session.WriteAsync(statement, cells, cancellationToken);
    }
}

using Relocation.Testing.Sentry.Events.Storing;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Sentry.Events.Buffering;

/// <summary>Updates that wait to be written, by the keys of their rows.</summary>
internal sealed class HeldValues
{
    private readonly HashSet<long> _projects = [];
    private readonly Dictionary<long, GroupUpdate> _groups = [];
    private readonly Dictionary<long, long> _newGroups = [];
    private readonly Dictionary<long, long> _newIssues = [];
    private readonly Dictionary<long, DateTimeOffset> _seen = [];

    /// <summary>Adds what a batch has held back, all of whose rows have keys.</summary>
    internal void Add(HeldUpdates later)
    {
        _projects.UnionWith(later.Projects);
        Add(later.Groups.Select(static held => (held.Key.Id, held.Value)));
        Count(_newGroups, later.NewGroups.Select(static held => (held.Key.Id, (long)held.Value)));
        Count(_newIssues, later.NewIssues.Select(static held => (held.Key.Id, (long)held.Value)));
        See(later.Seen.Select(static held => (held.Key.Id, held.Value)));
    }

    /// <summary>Adds what came later.</summary>
    internal void Add(HeldValues later)
    {
        _projects.UnionWith(later._projects);
        Add(later._groups.Select(static held => (held.Key, held.Value)));
        Count(_newGroups, later._newGroups.Select(static held => (held.Key, held.Value)));
        Count(_newIssues, later._newIssues.Select(static held => (held.Key, held.Value)));
        See(later._seen.Select(static held => (held.Key, held.Value)));
    }

    /// <summary>Writes all of it; groups that are gone by now are left out.</summary>
    internal async Task WriteAsync(EventSession session, CancellationToken cancellationToken)
    {
        await LockAsync(session, cancellationToken).ConfigureAwait(false);
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

    private static void Count(Dictionary<long, long> counts, IEnumerable<(long Id, long More)> later)
    {
        foreach (var (id, more) in later)
        {
            counts[id] = counts.GetValueOrDefault(id) + more;
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

    private void Add(IEnumerable<(long Id, GroupUpdate Update)> later)
    {
        foreach (var (id, update) in later)
        {
            _groups[id] = _groups.TryGetValue(id, out var earlier) ? earlier.Then(update) : update;
        }
    }

    private void See(IEnumerable<(long Id, DateTimeOffset Time)> later)
    {
        foreach (var (id, time) in later)
        {
            _seen[id] = time;
        }
    }

    /// <summary>Waits as saving does for whoever writes to the organizations: two that change the same rows in other orders would stop each other.</summary>
    private Task LockAsync(EventSession session, CancellationToken cancellationToken)
    {
        var cells = session.CellsOf(LookUps.Projects);
        foreach (var project in _projects)
        {
            cells.Add(project).EndRow();
        }

        return session.ReadAsync(LookUps.Projects, cells, static _ => { }, cancellationToken);
    }
}

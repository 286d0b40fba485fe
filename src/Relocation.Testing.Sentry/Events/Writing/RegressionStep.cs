using System.Globalization;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Opens a resolved group again when an event comes that its resolution does not cover (docs/events.md, A group that exists).</summary>
internal sealed class RegressionStep(BatchRows rows, EventSession session)
{
    private const int Regressed = 6;

    /// <summary>A group that became active within this time stays as it is: events may come in a little out of order.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly Dictionary<long, ResolutionRow> _resolutions = [];
    private readonly Dictionary<(long Group, string Ident), ActivityRow> _activities = [];
    private readonly HashSet<long> _pending = [];
    private readonly Dictionary<long, (long Id, DateTimeOffset Date)> _histories = [];
    private readonly VersionScheme _scheme = new(rows);

    /// <summary>Looks for what says how groups were resolved; for most batches there is nothing to look for.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        var groups = rows.FoundGroups.Values
            .Where(group => group is { IsOfErrors: true, Status: GroupRow.Resolved or GroupRow.Unresolved }
                && (group.Status == GroupRow.Resolved || rows.Projects[group.ProjectId].ResolveAge > 0))
            .ToList();
        if (groups.Count == 0)
        {
            return;
        }

        await session.ReadAsync(LookUps.Resolutions, Keys(LookUps.Resolutions, groups), ReadResolution, cancellationToken).ConfigureAwait(false);
        await session.ReadAsync(LookUps.PendingCommits, Keys(LookUps.PendingCommits, groups), reader => _pending.Add(reader.GetInt64(0)), cancellationToken)
            .ConfigureAwait(false);
        await session.ReadAsync(
            LookUps.ResolvedHistories,
            Keys(LookUps.ResolvedHistories, groups),
            reader => _histories[reader.GetInt64(0)] = (reader.GetInt64(1), session.Instant(reader, 2)),
            cancellationToken).ConfigureAwait(false);
        var resolved = groups.Where(group => _resolutions.ContainsKey(group.Id)).ToList();
        await session.ReadAsync(LookUps.ResolvedActivities, Keys(LookUps.ResolvedActivities, resolved), ReadActivity, cancellationToken).ConfigureAwait(false);
        await _scheme.LoadAsync(session, resolved.Select(group => group.ProjectId).Distinct(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the group again, if this event does.</summary>
    internal bool Apply(EventJob job, GroupRow group)
    {
        var date = job.Time > group.LastSeen ? job.Time : group.LastSeen;
        if (!IsResolved(job, group, date)
            || (_resolutions.TryGetValue(group.Id, out var resolution) && !group.IsNew && Covers(resolution, job))
            || (!group.IsNew && _pending.Contains(group.Id))
            || group.ActiveAt >= date - Slack)
        {
            return false;
        }

        (group.ActiveAt, group.LastSeen, group.Status, group.Substatus) = (date, date, GroupRow.Unresolved, Regressed);
        (group.IsChanged, group.IsSeen, group.IsReopened) = (true, true, true);
        AddActivity(job, group);
        var (previousId, previousDate) = !group.IsNew && _histories.TryGetValue(group.Id, out var previous) ? ((long?)previous.Id, (DateTimeOffset?)previous.Date) : (null, null);
        rows.NewHistories.Add(new GroupHistoryRow
        {
            IsNew = true,
            Project = job.Project,
            Group = group,
            Release = job.Release,
            PreviousId = previousId,
            PreviousDate = previousDate,
            Date = job.Now,
        });
        return true;
    }

    /// <summary>
    /// Resolved, or so old that it counts as resolved. The age is that of the last sighting, which the event has moved already: a group that slept for
    /// days is not old for an event of now; only an event that is old itself finds it so.
    /// </summary>
    private static bool IsResolved(EventJob job, GroupRow group, DateTimeOffset lastSeen) => group.Status switch
    {
        GroupRow.Resolved => true,
        GroupRow.Unresolved => job.Project.ResolveAge > 0 && (job.Now - lastSeen).TotalHours > job.Project.ResolveAge,
        _ => false,
    };

    /// <summary>Whether the group counts as resolved for the event's release.</summary>
    private bool Covers(ResolutionRow resolution, EventJob job)
    {
        if (job.Release is not { } release)
        {
            return true;
        }

        var bySemver = _scheme.IsSemver(job);
        if (!string.IsNullOrEmpty(resolution.CurrentVersion))
        {
            if (bySemver && VersionOrder.Compare(resolution.CurrentVersion, release.Version) is { } order)
            {
                return order >= 0;
            }

            var current = CurrentOf(resolution, job);
            if (!bySemver && current is { } known)
            {
                return known.IsSame || known.Date > release.DateAdded;
            }
        }

        var isSame = !release.IsNew && release.Id == resolution.ReleaseId;
        return resolution.Type is null or 1 ? isSame || resolution.ReleaseDate > release.DateAdded
            : !isSame && (bySemver && VersionOrder.Compare(resolution.ReleaseVersion, release.Version) is { } place
                ? place > 0
                : resolution.ReleaseDate >= release.DateAdded);
    }

    /// <summary>The release that was the current one: found, or added by an earlier event of the batch.</summary>
    private (bool IsSame, DateTimeOffset Date)? CurrentOf(ResolutionRow resolution, EventJob job)
    {
        if (resolution.CurrentId is { } id)
        {
            return (!job.Release!.IsNew && job.Release.Id == id, resolution.CurrentDate!.Value);
        }

        return rows.Releases.Find((job.Project.OrganizationId, resolution.CurrentVersion!)) is { } added && added.Since <= job.Index
            ? (added == job.Release, added.DateAdded)
            : null;
    }

    private void AddActivity(EventJob job, GroupRow group)
    {
        var data = new JsonObject { ["event_id"] = job.EventId, ["version"] = job.Release?.Version ?? string.Empty };
        if (job.Release is { } release && !group.IsNew && _resolutions.Remove(group.Id, out var resolution))
        {
            rows.RemovedResolutions.Add(resolution);
            if (_activities.TryGetValue((group.Id, resolution.Id.ToString(CultureInfo.InvariantCulture)), out var resolved))
            {
                if (string.IsNullOrEmpty(EventTexts.Text(resolved.Data, "version")))
                {
                    resolved.Data["version"] = release.Version;
                    rows.ChangedActivities.Add(resolved);
                }

                var bySemver = _scheme.IsSemver(job);
                data["follows_semver"] = bySemver;
                data["resolved_in_version"] = (bySemver ? EventTexts.Text(resolved.Data, "current_release_version") : null)
                    ?? EventTexts.Text(resolved.Data, "version");
            }
        }

        rows.NewActivities.Add(new ActivityRow { IsNew = true, Group = group, Date = job.Now, Data = data });
    }

    private RowCells Keys(RowStatement statement, List<GroupRow> groups)
    {
        var cells = session.CellsOf(statement);
        foreach (var group in groups)
        {
            cells.Add(group.Id).EndRow();
        }

        return cells;
    }

    private void ReadResolution(System.Data.Common.DbDataReader reader) => _resolutions[reader.GetInt64(0)] = new ResolutionRow
    {
        Id = reader.GetInt64(1),
        Type = reader.IsDBNull(2) ? null : reader.GetInt64(2),
        CurrentVersion = reader.IsDBNull(3) ? null : reader.GetString(3),
        ReleaseId = reader.GetInt64(4),
        ReleaseVersion = reader.GetString(5),
        ReleaseDate = session.Instant(reader, 6),
        CurrentId = reader.IsDBNull(7) ? null : reader.GetInt64(7),
        CurrentDate = session.OptionalInstant(reader, 8),
    };

    /// <summary>The newest comes last, and stays.</summary>
    private void ReadActivity(System.Data.Common.DbDataReader reader)
    {
        var group = rows.FoundGroups[reader.GetInt64(0)];
        _activities[(group.Id, reader.GetString(1))] = new ActivityRow
        {
            Id = reader.GetInt64(2),
            Group = group,
            Data = StoredObject.Parse(reader.IsDBNull(3) ? null : reader.GetString(3)),
        };
    }
}

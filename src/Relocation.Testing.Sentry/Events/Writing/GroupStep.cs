using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Buffering;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Finds or makes the groups of error events by their hashes (docs/events.md, Groups).</summary>
internal sealed class GroupStep(BatchRows rows, EventSession session, EventSettings settings, RegressionStep regressions, HeldUpdates held)
{
    private const int New = 7;

    private const int LongestMessage = 255;

    /// <summary>Gets or creates the hashes in the order of the events, and finds the groups that they lead to.</summary>
    internal async Task LoadAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        var grouped = jobs.Where(job => job is { IsOfErrors: true, Outcome: EventOutcome.Saved }).ToList();
        await LoadHashesAsync(grouped, cancellationToken).ConfigureAwait(false);
        foreach (var job in grouped)
        {
            AddHashes(job);
        }

        await LoadGroupsAsync(grouped, cancellationToken).ConfigureAwait(false);
        await LoadCountersAsync(grouped, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives an event its group.</summary>
    internal void Apply(EventJob job)
    {
        foreach (var hash in job.Hashes)
        {
            if (hash.Group is { } group)
            {
                Join(job, group);
                return;
            }

            if (hash.TombstoneId is { } tombstone)
            {
                (job.Outcome, job.Reason, job.TombstoneId) = (EventOutcome.Discarded, "discard", tombstone);
                return;
            }
        }

        Create(job);
    }

    private async Task LoadHashesAsync(List<EventJob> jobs, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<(long, string)>();
        var cells = session.CellsOf(LookUps.GroupHashes);
        foreach (var job in jobs)
        {
            foreach (var hash in job.HashTexts)
            {
                if (wanted.Add((job.Project.Id, hash)))
                {
                    cells.Add(job.Project.Id).Add(hash).EndRow();
                }
            }
        }

        await session.ReadAsync(
            LookUps.GroupHashes,
            cells,
            reader =>
            {
                var hash = new GroupHashRow
                {
                    ProjectId = reader.GetInt64(0),
                    Hash = reader.GetString(1),
                    Id = reader.GetInt64(2),
                    FoundGroupId = reader.IsDBNull(3) ? null : reader.GetInt64(3),
                    TombstoneId = reader.IsDBNull(4) ? null : reader.GetInt64(4),
                    State = reader.IsDBNull(5) ? null : reader.GetInt32(5),
                };
                rows.Hashes.Add((hash.ProjectId, hash.Hash), hash);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private void AddHashes(EventJob job)
    {
        var hashes = new GroupHashRow[job.HashTexts.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            var key = (job.Project.Id, job.HashTexts[i]);
            hashes[i] = rows.Hashes.Find(key) ?? rows.Hashes.Add(key, new GroupHashRow { IsNew = true, ProjectId = key.Id, Hash = key.Item2 });
            hashes[i].JoinTo(hashes[0]);
        }

        job.Hashes = hashes;
    }

    private async Task LoadGroupsAsync(List<EventJob> jobs, CancellationToken cancellationToken)
    {
        var found = jobs.SelectMany(job => job.Hashes).Where(hash => hash.FoundGroupId is not null).Distinct().ToList();
        foreach (var group in await GroupRows.ReadAsync(session, found.Select(hash => hash.FoundGroupId!.Value).Distinct(), cancellationToken).ConfigureAwait(false))
        {
            rows.FoundGroups.Add(group.Id, group);
        }

        foreach (var hash in found)
        {
            // A group that is gone, though the hash names it, is none.
            hash.Group = rows.FoundGroups.GetValueOrDefault(hash.FoundGroupId!.Value);
            if (hash.Group is { } group && !hash.Root.Groups.Contains(group))
            {
                hash.Root.Groups.Add(group);
            }
        }
    }

    private async Task LoadCountersAsync(List<EventJob> jobs, CancellationToken cancellationToken)
    {
        var cells = session.CellsOf(LookUps.Counters);
        foreach (var project in jobs.Where(job => job.Hashes.All(hash => hash is { Group: null, TombstoneId: null })).Select(job => job.Project.Id).Distinct())
        {
            cells.Add(project).EndRow();
        }

        await session.ReadAsync(
            LookUps.Counters,
            cells,
            reader =>
            {
                var isNew = reader.IsDBNull(1);
                var counter = new CounterRow
                {
                    IsNew = isNew,
                    ProjectId = reader.GetInt64(0),
                    Id = isNew ? 0 : reader.GetInt64(1),
                    Value = isNew ? 0 : reader.GetInt64(2),
                    Highest = reader.IsDBNull(3) ? 0 : reader.GetInt64(3),
                    NextTaken = reader.IsDBNull(4) ? null : reader.GetInt64(4),
                };
                rows.Counters.Add(counter.ProjectId, counter);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private void Join(EventJob job, GroupRow group)
    {
        if (!group.IsOfErrors)
        {
            job.Outcome = EventOutcome.NotGrouped;
            return;
        }

        Link(job, group);
        job.Group = group;
        job.TimesSeen = group.TimesSeen;
        var update = UpdateOf(job, group);
        job.IsRegression = regressions.Apply(job, group);
        if (settings.IsDeferred)
        {
            held.Add(group, update);
        }
        else
        {
            update.ApplyTo(group);
        }
    }

    private void Create(EventJob job)
    {
        if (EventLevels.NumberOf(job.Texts.Level) is not { } level)
        {
            (job.Outcome, job.Reason) = (EventOutcome.Failed, Errors.NoLevel());
            return;
        }

        var priority = EventLevels.PriorityOf(job.Texts.Level);
        var group = new GroupRow(NewData(job, priority))
        {
            IsNew = true,
            ProjectId = job.Project.Id,
            ShortId = rows.Counters.Find(job.Project.Id)!.Next(),
            Type = 1,
            Status = GroupRow.Unresolved,
            Substatus = New,
            Level = level,
            Message = FirstLine(job.SearchMessage),
            Culprit = job.Description!.Culprit,
            FirstSeen = job.Time,
            LastSeen = job.Time,
            ActiveAt = job.Time,
            TimesSeen = 1,
            Score = GroupUpdate.ScoreOf(1, job.Time, Math.Log),
            Platform = job.Texts.Platform,
            Logger = job.Texts.Logger,
            Priority = priority,
            FirstRelease = job.Release,
        };
        rows.NewGroups.Add(group);
        Link(job, group);
        job.Group = group;
        job.IsNew = true;
        job.TimesSeen = 1;
    }

    /// <summary>Hashes without a group come to this one, but for those that are just being moved.</summary>
    private static void Link(EventJob job, GroupRow group)
    {
        foreach (var hash in job.Hashes)
        {
            if (hash is { Group: null, IsLocked: false })
            {
                hash.Group = group;
                hash.IsChanged = true;
            }
        }
    }

    private GroupUpdate UpdateOf(EventJob job, GroupRow group)
    {
        var message = job.SearchMessage;
        var level = EventLevels.NumberOf(job.Texts.Level);
        var culprit = job.Description!.Culprit;
        return new GroupUpdate
        {
            LastSeen = job.Time > group.LastSeen ? job.Time : group.LastSeen,
            FirstSeen = job.Time < group.FirstSeen ? job.Time : null,
            Message = message.Length > 0 && message != group.Message && !TitleRule.IsPlaceholder(message) ? message : null,
            Level = level != group.Level ? level : null,
            Culprit = culprit != group.Culprit ? culprit : null,

            // Where updates are held back, later events see the stored data.
            Data = GroupData.Merge(settings.IsDeferred ? (JsonObject)group.Data.DeepClone() : group.Data, job),
        };
    }

    private static JsonObject NewData(EventJob job, int priority)
    {
        var data = GroupData.Of(job);
        GroupData.AddMade(data, job, priority);
        return data;
    }

    /// <summary>A new group's message is short; later events replace it by the whole search message, past the hook that cuts it.</summary>
    private static string FirstLine(string message)
    {
        var text = message.AsSpan().Trim();
        var end = text.IndexOfAny('\r', '\n');
        return TrimmedText.Cut((end < 0 ? text : text[..end]).ToString(), LongestMessage);
    }
}

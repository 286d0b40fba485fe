using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Benchmarks.Events.Tables;
using Relocation.Testing.Sentry.Events.Buffering;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Grouping;
using Relocation.Testing.Sentry.Events.Releases;
using Relocation.Testing.Sentry.Events.Spans;
using Relocation.Testing.Sentry.Events.Tagging;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Benchmarks.Events;

/// <summary>The steps of saving one event as code over entities has them. What needs no database is the library's own.</summary>
internal sealed class EntityEventSaving(EventContext context, EventSettings settings)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(60);

    private ProjectRow _project = null!;
    private ReleaseRow? _release;
    private bool _isNew;
    private bool _isNewGroupEnvironment;

    internal async Task SaveAsync(EventInput input)
    {
        var job = new EventIntake(settings).Take(input, 0);
        _project = await context.Set<ProjectRow>().SingleAsync(project => project.Id == input.ProjectId);
        EventTags.SetTopLevel(job.Data);
        _release = job.Texts.Release is { } version ? await ReleaseAsync(job, version) : null;
        Describe(job);
        var group = job.IsOfErrors ? await GroupAsync(job) : null;
        var environment = await EnvironmentAsync(job);
        if (group is not null)
        {
            await LinkAsync(job, group, environment);
        }

        if (_release is not null && !job.IsGeneric)
        {
            await SeeAsync(job, group, environment);
        }

        var payload = Finish(job, group);
        if (job.IsOfErrors)
        {
            _project.FirstEvent ??= job.Time;
        }
        else if (job.IsTransaction)
        {
            _project.Flags |= 4;
        }

        if (_isNew)
        {
            // The stream is told the group's key.
            await context.SaveChangesAsync();
        }

        await StoreAsync(job, group, payload);
        await context.SaveChangesAsync();
    }

    private async Task<ReleaseRow> ReleaseAsync(EventJob job, string version)
    {
        var prefixed = $"{_project.Slug}-{version}";
        var linked = await context.Set<ReleaseRow>()
            .Where(release => release.OrganizationId == _project.OrganizationId && (release.Version == version || release.Version == prefixed)
                && context.Set<ReleaseProjectRow>().Any(link => link.ReleaseId == release.Id && link.ProjectId == _project.Id))
            .ToListAsync();
        var release = linked.Find(found => found.Version == prefixed) ?? linked.FirstOrDefault();
        if (release is null)
        {
            release = await context.Set<ReleaseRow>().SingleOrDefaultAsync(found => found.OrganizationId == _project.OrganizationId && found.Version == version)
                ?? context.Add(NewRelease(job, version)).Entity;
            context.Add(new ReleaseProjectRow { ProjectId = _project.Id, Release = release, NewGroups = 0 });
            _project.Flags |= 1;
        }

        var tags = EventTags.Of(job.Data);
        EventTags.Remove(tags, "release");
        EventTags.Set(tags, "sentry:release", release.Version);
        return release;
    }

    private ReleaseRow NewRelease(EventJob job, string version)
    {
        var parsed = ReleaseVersion.Parse(version);
        return new ReleaseRow
        {
            OrganizationId = _project.OrganizationId,
            Version = version,
            DateAdded = job.Time,
            Package = parsed?.Package,
            Major = parsed?.Major,
            Minor = parsed?.Minor,
            Patch = parsed?.Patch,
            Revision = parsed?.Revision,
            Prerelease = parsed?.Prerelease,
            BuildCode = parsed?.BuildCode,
            BuildNumber = parsed?.BuildNumber,
            Status = 0,
            Data = "{}",
            CommitCount = 0,
            Authors = [],
            TotalDeploys = 0,
        };
    }

    private void Describe(EventJob job)
    {
        EventTags.SetUser(job.Data);
        EventTags.SetUrl(job.Data);
        EventTags.SetInterfaceTags(job.Data);
        if (job.IsTransaction)
        {
            SpanGrouping.Apply(job.Data);
        }

        job.Description = EventDescription.Describe(job.Data);
        job.Description.WriteTo(job.Data);
        job.SearchMessage = job.Description.SearchMessage(job.Data);
        if (job.IsOfErrors)
        {
            job.HashTexts = EventHashes.Apply(job.Data, settings.Options.Grouping, "newstyle:2023-01-11");
        }
    }

    private async Task<GroupRow> GroupAsync(EventJob job)
    {
        var found = await context.Set<GroupHashRow>().Include(hash => hash.Group)
            .Where(hash => hash.ProjectId == _project.Id && job.HashTexts.Contains(hash.Hash)).ToListAsync();
        var hashes = job.HashTexts
            .Select(text => found.Find(hash => hash.Hash == text) ?? context.Add(new GroupHashRow { ProjectId = _project.Id, Hash = text }).Entity)
            .ToList();
        var group = hashes.Find(hash => hash.Group is not null)?.Group;
        if (group is null)
        {
            group = await NewGroupAsync(job);
        }
        else
        {
            Update(job, group);
        }

        foreach (var hash in hashes)
        {
            hash.Group ??= group;
        }

        return group;
    }

    private async Task<GroupRow> NewGroupAsync(EventJob job)
    {
        _isNew = true;
        var counter = await context.Set<CounterRow>().SingleOrDefaultAsync(row => row.ProjectId == _project.Id)
            ?? context.Add(new CounterRow { ProjectId = _project.Id }).Entity;
        counter.Value++;
        var data = GroupData.Of(job);
        var priority = EventLevels.PriorityOf(job.Texts.Level);
        GroupData.AddMade(data, job, priority);
        return context.Add(new GroupRow
        {
            ProjectId = _project.Id,
            ShortId = counter.Value,
            Logger = job.Texts.Logger,
            Level = EventLevels.NumberOf(job.Texts.Level)!.Value,
            Message = TrimmedText.Cut(job.SearchMessage.Trim().Split('\n')[0].TrimEnd('\r'), 255),
            View = job.Description!.Culprit,
            Platform = job.Texts.Platform,
            Substatus = 7,
            TimesSeen = 1,
            LastSeen = job.Time,
            FirstSeen = job.Time,
            FirstRelease = _release,
            ActiveAt = job.Time,
            Score = (int)GroupUpdate.ScoreOf(1, job.Time, Math.Log),
            Data = PayloadText.Of(data),
            Priority = priority,
            NumComments = 0,
            IsPublic = false,
            Type = 1,
        }).Entity;
    }

    private static void Update(EventJob job, GroupRow group)
    {
        group.LastSeen = job.Time > group.LastSeen ? job.Time : group.LastSeen;
        group.FirstSeen = job.Time < group.FirstSeen ? job.Time : group.FirstSeen;
        if (job.SearchMessage.Length > 0 && !TitleRule.IsPlaceholder(job.SearchMessage))
        {
            group.Message = job.SearchMessage;
        }

        group.Level = EventLevels.NumberOf(job.Texts.Level)!.Value;
        group.View = job.Description!.Culprit;
        group.Data = PayloadText.Of(GroupData.Merge(JsonNode.Parse(group.Data!)!.AsObject(), job));
        group.TimesSeen++;
        group.Score = (int)GroupUpdate.ScoreOf(group.TimesSeen, group.LastSeen, Math.Log10);
    }

    private async Task<EnvironmentRow> EnvironmentAsync(EventJob job)
    {
        var name = job.Texts.Environment ?? string.Empty;
        var environment = await context.Set<EnvironmentRow>().SingleOrDefaultAsync(row => row.OrganizationId == _project.OrganizationId && row.Name == name)
            ?? context.Add(new EnvironmentRow { OrganizationId = _project.OrganizationId, Name = name, DateAdded = job.Now }).Entity;
        if (context.Entry(environment).State == EntityState.Added
            || !await context.Set<EnvironmentProjectRow>().AnyAsync(row => row.ProjectId == _project.Id && row.EnvironmentId == environment.Id))
        {
            context.Add(new EnvironmentProjectRow { ProjectId = _project.Id, Environment = environment });
        }

        return environment;
    }

    private async Task LinkAsync(EventJob job, GroupRow group, EnvironmentRow environment)
    {
        if (IsAdded(group) || IsAdded(environment)
            || !await context.Set<GroupEnvironmentRow>().AnyAsync(row => row.GroupId == group.Id && row.EnvironmentId == environment.Id))
        {
            context.Add(new GroupEnvironmentRow { Group = group, Environment = environment, FirstRelease = _release, FirstSeen = job.Now });
            _isNewGroupEnvironment = true;
        }
    }

    private async Task SeeAsync(EventJob job, GroupRow? group, EnvironmentRow environment)
    {
        var release = _release!;
        var isAdded = IsAdded(release) || IsAdded(environment);
        var inOrganization = isAdded ? null : await context.Set<ReleaseEnvironmentRow>()
            .SingleOrDefaultAsync(row => row.OrganizationId == _project.OrganizationId && row.ReleaseId == release.Id && row.EnvironmentId == environment.Id);
        inOrganization ??= context.Add(new ReleaseEnvironmentRow
        {
            OrganizationId = _project.OrganizationId, Release = release, Environment = environment, FirstSeen = job.Time, LastSeen = job.Time,
        }).Entity;
        inOrganization.LastSeen = Moved(inOrganization.LastSeen, job.Time);
        var inProject = isAdded ? null : await context.Set<ReleaseProjectEnvironmentRow>()
            .SingleOrDefaultAsync(row => row.ProjectId == _project.Id && row.ReleaseId == release.Id && row.EnvironmentId == environment.Id);
        inProject ??= context.Add(new ReleaseProjectEnvironmentRow
        {
            ProjectId = _project.Id, Release = release, Environment = environment, FirstSeen = job.Time, LastSeen = job.Time,
        }).Entity;
        inProject.LastSeen = Moved(inProject.LastSeen, job.Time);
        if (group is null)
        {
            return;
        }

        if (_isNew)
        {
            var link = context.ChangeTracker.Entries<ReleaseProjectRow>().Select(entry => entry.Entity).FirstOrDefault()
                ?? await context.Set<ReleaseProjectRow>().SingleAsync(row => row.ProjectId == _project.Id && row.ReleaseId == release.Id);
            link.NewGroups++;
        }

        inProject.NewIssuesCount += _isNewGroupEnvironment ? 1 : 0;
        var inGroup = IsAdded(group) || IsAdded(release) ? null : await context.Set<GroupReleaseRow>()
            .SingleOrDefaultAsync(row => row.GroupId == group.Id && row.ReleaseId == release.Id && row.Environment == environment.Name);
        inGroup ??= context.Add(new GroupReleaseRow
        {
            ProjectId = _project.Id, Group = group, Release = release, Environment = environment.Name, FirstSeen = job.Time, LastSeen = job.Time,
        }).Entity;
        inGroup.LastSeen = Moved(inGroup.LastSeen, job.Time);
    }

    private static DateTimeOffset Moved(DateTimeOffset lastSeen, DateTimeOffset time) => lastSeen < time - Slack ? time : lastSeen;

    private bool IsAdded(object row) => context.Entry(row).State == EntityState.Added;

    private string Finish(EventJob job, GroupRow? group)
    {
        var data = job.Data;
        if (group is not null)
        {
            data["_ref"] = _project.Id;
            data["_ref_version"] = 2;
        }

        var metrics = data["_metrics"] as JsonObject ?? [];
        data.Remove("_metrics");
        data["_metrics"] = metrics;
        metrics["bytes.stored.event"] = Encoding.UTF8.GetByteCount(PayloadText.Of(data));
        data["nodestore_insert"] = job.Now.ToUnixTimeSeconds();
        return PayloadText.Of(data);
    }

    private async Task StoreAsync(EventJob job, GroupRow? group, string payload)
    {
        var nodeId = NodeId.Of(_project.Id, job.EventId);
        var node = await context.Set<NodeRow>().SingleOrDefaultAsync(row => row.Id == nodeId);
        if (node is null)
        {
            context.Add(new NodeRow { Id = nodeId, Data = payload, Timestamp = job.Now });
        }
        else
        {
            (node.Data, node.Timestamp) = (payload, job.Now);
        }

        if (job.IsGeneric)
        {
            return;
        }

        var state = StateOf(job, group);
        var log = context.Add(new StreamLogRow
        {
            ProjectId = _project.Id, Day = job.Day, EventId = job.EventId, Timestamp = job.Time, Group = group, PrimaryHash = job.PrimaryHash, State = state,
        }).Entity;
        var row = await context.Set<StreamRow>().SingleOrDefaultAsync(found => found.ProjectId == _project.Id && found.Day == job.Day && found.EventId == job.EventId);
        row ??= context.Add(new StreamRow
        {
            ProjectId = _project.Id, Day = job.Day, EventId = job.EventId, OrganizationId = _project.OrganizationId, Type = job.Type,
            Message = job.SearchMessage, Data = payload, State = state,
        }).Entity;
        (row.Timestamp, row.Group, row.Type, row.Platform, row.Message) = (job.Time, group, job.Type, job.Texts.Platform, job.SearchMessage);
        (row.PrimaryHash, row.Release, row.Environment) = (job.PrimaryHash, _release?.Version, job.Texts.Environment);
        (row.Data, row.State, row.Seq) = (payload, state, log);
        row.Inserts++;
    }

    private string StateOf(EventJob job, GroupRow? group)
    {
        static string Word(bool value) => value ? "true" : "false";
        var flags = $"\"is_new\":{Word(_isNew)},\"is_regression\":false,\"is_new_group_environment\":{Word(_isNewGroupEnvironment)}";
        var queue = job.IsTransaction ? "post_process_transactions" : "post_process_errors";
        var states = group is null ? "null" : string.Create(CultureInfo.InvariantCulture, $"[{{\"id\":{group.Id},{flags}}}]");
        return $"{{{flags},\"queue\":\"{queue}\",\"skip_consume\":false,\"group_states\":{states}}}";
    }
}

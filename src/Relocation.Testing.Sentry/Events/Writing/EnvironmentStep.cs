using Relocation.Testing.Sentry.Events.Buffering;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Gets or creates environments and what links them to projects, groups and releases (docs/events.md, Releases and environments).</summary>
internal sealed class EnvironmentStep(BatchRows rows, EventSession session, EventSettings settings, HeldUpdates held)
{
    /// <summary>Looks for the environments by their names; afterwards for their links.</summary>
    internal async Task LoadAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        await LoadEnvironmentsAsync(jobs, cancellationToken).ConfigureAwait(false);
        var known = jobs.Select(job => (Job: job, Environment: rows.Environments.Find((job.Project.OrganizationId, NameOf(job)))))
            .Where(pair => pair.Environment is not null)
            .Select(pair => (pair.Job, Environment: pair.Environment!))
            .ToList();
        var byId = known.Select(pair => pair.Environment).Distinct().ToDictionary(environment => environment.Id);
        await LoadProjectLinksAsync(known, byId, cancellationToken).ConfigureAwait(false);
        await LoadReleaseLinksAsync(known, byId, cancellationToken).ConfigureAwait(false);
        await LoadGroupEnvironmentsAsync(known, byId, cancellationToken).ConfigureAwait(false);
        await LoadGroupReleasesAsync(jobs, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Links the event's environment with all that the event has.</summary>
    internal void Apply(EventJob job)
    {
        var environment = job.Environment = Environment(job);
        if (job.Group is { } group)
        {
            AddGroupLink(job, group, environment);
        }

        if (job.IsGeneric || job.Release is not { } release)
        {
            return;
        }

        See(rows.ReleaseEnvironments, (release, environment), job, environment);
        var inProject = See(rows.ReleaseProjectEnvironments, (job.Project.Id, release, environment), job, environment);
        if (job.Group is not null)
        {
            Count(job, release, inProject);
            job.GroupRelease = SeeGroup(job, job.Group, release, environment);
        }
    }

    private static string NameOf(EventJob job) => job.Texts.Environment ?? string.Empty;

    private EnvironmentRow Environment(EventJob job)
    {
        var key = (job.Project.OrganizationId, NameOf(job));
        var environment = rows.Environments.Find(key) ?? rows.Environments.Add(
            key, new EnvironmentRow { IsNew = true, OrganizationId = key.OrganizationId, Name = key.Item2, DateAdded = job.Now });
        var link = (job.Project.Id, environment);
        if (rows.EnvironmentProjects.Find(link) is null)
        {
            rows.EnvironmentProjects.Add(link, new EnvironmentProjectRow { IsNew = true, ProjectId = job.Project.Id, Environment = environment });
        }

        return environment;
    }

    private void AddGroupLink(EventJob job, GroupRow group, EnvironmentRow environment)
    {
        if (rows.GroupEnvironments.Find((group, environment)) is null)
        {
            rows.GroupEnvironments.Add((group, environment), new GroupEnvironmentRow
            {
                IsNew = true,
                Group = group,
                Environment = environment,
                FirstRelease = job.Release,
                FirstSeen = job.Now,
            });
            job.IsNewGroupEnvironment = true;
        }
    }

    private static SeenRow See<TKey>(RowTable<TKey, SeenRow> table, TKey key, EventJob job, EnvironmentRow environment)
        where TKey : notnull
    {
        if (table.Find(key) is not { } seen)
        {
            return table.Add(key, NewRow(job, environment, group: null));
        }

        if (seen.IsMovedBy(job.Time))
        {
            seen.MoveTo(job.Time);
        }

        return seen;
    }

    private SeenRow SeeGroup(EventJob job, GroupRow group, ReleaseRow release, EnvironmentRow environment)
    {
        var key = (group, release, environment.Name);
        if (rows.GroupReleases.Find(key) is not { } seen)
        {
            return release.Id > int.MaxValue
                ? throw Errors.KeyTooLarge("sentry_grouprelease.release_id", job.Index)
                : rows.GroupReleases.Add(key, NewRow(job, environment, group));
        }

        if (!seen.IsMovedBy(job.Time))
        {
            return seen;
        }

        if (settings.IsDeferred)
        {
            held.Seen[seen] = job.Time;
        }
        else
        {
            seen.MoveTo(job.Time);
        }

        return seen;
    }

    private static SeenRow NewRow(EventJob job, EnvironmentRow environment, GroupRow? group) => new()
    {
        IsNew = true,
        ProjectId = job.Project.Id,
        Release = job.Release!,
        Environment = environment,
        Group = group,
        FirstSeen = job.Time,
        LastSeen = job.Time,
        Index = job.Index,
    };

    /// <summary>Counts new groups of a release, and new groups of its environment.</summary>
    private void Count(EventJob job, ReleaseRow release, SeenRow inProject)
    {
        // A release that was remembered may not be linked to the project; then nothing counts.
        if (job.IsNew && rows.ReleaseProjects.Find((job.Project.Id, release)) is { } link)
        {
            if (settings.IsDeferred)
            {
                held.NewGroups[link] = held.NewGroups.GetValueOrDefault(link) + 1;
            }
            else
            {
                link.MoreGroups++;
                link.IsChanged = true;
            }
        }

        if (job.IsNewGroupEnvironment)
        {
            if (settings.IsDeferred)
            {
                held.NewIssues[inProject] = held.NewIssues.GetValueOrDefault(inProject) + 1;
            }
            else
            {
                inProject.MoreIssues++;
                inProject.IsChanged = true;
            }
        }
    }

    private async Task LoadEnvironmentsAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        var cells = session.CellsOf(LookUps.Environments);
        foreach (var (organization, name) in jobs.Select(job => (job.Project.OrganizationId, NameOf(job))).Distinct())
        {
            cells.Add(organization).Add(name).EndRow();
        }

        await session.ReadAsync(
            LookUps.Environments,
            cells,
            reader =>
            {
                var environment = new EnvironmentRow { OrganizationId = reader.GetInt64(0), Name = reader.GetString(1), Id = reader.GetInt64(2) };
                rows.Environments.Add((environment.OrganizationId, environment.Name), environment);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task LoadProjectLinksAsync(
        List<(EventJob Job, EnvironmentRow Environment)> known, Dictionary<long, EnvironmentRow> byId, CancellationToken cancellationToken)
    {
        var cells = session.CellsOf(LookUps.EnvironmentProjects);
        foreach (var (project, environment) in known.Select(pair => (pair.Job.Project.Id, pair.Environment.Id)).Distinct())
        {
            cells.Add(project).Add(environment).EndRow();
        }

        await session.ReadAsync(
            LookUps.EnvironmentProjects,
            cells,
            reader =>
            {
                var (project, environment) = (reader.GetInt64(0), byId[reader.GetInt64(1)]);
                rows.EnvironmentProjects.Add(
                    (project, environment), new EnvironmentProjectRow { Id = reader.GetInt64(2), ProjectId = project, Environment = environment });
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task LoadReleaseLinksAsync(
        List<(EventJob Job, EnvironmentRow Environment)> known, Dictionary<long, EnvironmentRow> byId, CancellationToken cancellationToken)
    {
        var used = known.Where(pair => pair.Job is { IsGeneric: false, Release.IsNew: false }).ToList();
        var releases = used.Select(pair => pair.Job.Release!).Distinct().ToDictionary(release => release.Id);
        var inOrganization = session.CellsOf(LookUps.ReleaseEnvironments);
        foreach (var (release, environment) in used.Select(pair => (Release: pair.Job.Release!, pair.Environment)).Distinct())
        {
            inOrganization.Add(release.OrganizationId).Add(release.Id).Add(environment.Id).EndRow();
        }

        await session.ReadAsync(
            LookUps.ReleaseEnvironments,
            inOrganization,
            reader =>
            {
                var (release, environment) = (releases[reader.GetInt64(0)], byId[reader.GetInt64(1)]);
                rows.ReleaseEnvironments.Add((release, environment), Found(release, reader.GetInt64(2), session.Instant(reader, 3)));
            },
            cancellationToken).ConfigureAwait(false);

        var inProjects = session.CellsOf(LookUps.ReleaseProjectEnvironments);
        foreach (var (project, release, environment) in used.Select(pair => (pair.Job.Project.Id, pair.Job.Release!.Id, pair.Environment.Id)).Distinct())
        {
            inProjects.Add(project).Add(release).Add(environment).EndRow();
        }

        await session.ReadAsync(
            LookUps.ReleaseProjectEnvironments,
            inProjects,
            reader =>
            {
                var (release, environment) = (releases[reader.GetInt64(1)], byId[reader.GetInt64(2)]);
                rows.ReleaseProjectEnvironments.Add(
                    (reader.GetInt64(0), release, environment), Found(release, reader.GetInt64(3), session.Instant(reader, 4)));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks for the links of every group that an event may come to, as earlier events of the batch decide.</summary>
    private async Task LoadGroupEnvironmentsAsync(
        List<(EventJob Job, EnvironmentRow Environment)> known, Dictionary<long, EnvironmentRow> byId, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<(GroupRow, EnvironmentRow)>();
        var cells = session.CellsOf(LookUps.GroupEnvironments);
        foreach (var (job, environment) in known)
        {
            foreach (var group in GroupsOf(job))
            {
                if (wanted.Add((group, environment)))
                {
                    cells.Add(group.Id).Add(environment.Id).EndRow();
                }
            }
        }

        await session.ReadAsync(
            LookUps.GroupEnvironments,
            cells,
            reader =>
            {
                var (group, environment) = (rows.FoundGroups[reader.GetInt64(0)], byId[reader.GetInt64(1)]);
                rows.GroupEnvironments.Add((group, environment), new GroupEnvironmentRow { Id = reader.GetInt64(2), Group = group, Environment = environment });
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same for releases; environments go by their names here, whether they have a row or not.</summary>
    private async Task LoadGroupReleasesAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<(GroupRow, ReleaseRow, string)>();
        var releases = new Dictionary<long, ReleaseRow>();
        var cells = session.CellsOf(LookUps.GroupReleases);
        foreach (var job in jobs.Where(job => job.Release is { IsNew: false }))
        {
            foreach (var group in GroupsOf(job))
            {
                if (wanted.Add((group, job.Release!, NameOf(job))))
                {
                    releases[job.Release!.Id] = job.Release;
                    cells.Add(group.Id).Add(job.Release.Id).Add(NameOf(job)).EndRow();
                }
            }
        }

        await session.ReadAsync(
            LookUps.GroupReleases,
            cells,
            reader =>
            {
                var (group, release) = (rows.FoundGroups[reader.GetInt64(0)], releases[reader.GetInt64(1)]);
                rows.GroupReleases.Add((group, release, reader.GetString(2)), Found(release, reader.GetInt64(3), session.Instant(reader, 4)));
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static List<GroupRow> GroupsOf(EventJob job) => job.Hashes.Count > 0 ? job.Hashes[0].Root.Groups : [];

    private static SeenRow Found(ReleaseRow release, long id, DateTimeOffset lastSeen) => new() { Id = id, Release = release, LastSeen = lastSeen };
}

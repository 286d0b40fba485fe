using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;
using Relocation.Testing.Sentry.Events.Tagging;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Gets or creates the events' releases, their links to projects, and their distributions (docs/events.md, Releases and environments).
/// </summary>
internal sealed class ReleaseStep(BatchRows rows, EventSession session, EventSettings settings)
{
    private readonly Dictionary<(long Organization, string Version), (ReleaseRow Release, DateTimeOffset Since)> _used = [];

    /// <summary>Looks for the versions that events name, with and without their project's slug before them.</summary>
    internal async Task LoadAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<(long, long, string)>();
        var cells = session.CellsOf(LookUps.Releases);
        foreach (var job in jobs)
        {
            if (VersionOf(job) is not { } version)
            {
                continue;
            }

            foreach (var name in (string?[])[version, Prefixed(job.Project, version), RememberedVersion(job, version)])
            {
                if (name is not null && wanted.Add((job.Project.Id, job.Project.OrganizationId, name)))
                {
                    cells.Add(job.Project.Id).Add(job.Project.OrganizationId).Add(name).EndRow();
                }
            }
        }

        await session.ReadAsync(LookUps.Releases, cells, Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives an event its release.</summary>
    internal void Apply(EventJob job) => job.Release = VersionOf(job) is { } version ? Find(job, version) : null;

    /// <summary>Sets the tags that go with an event's release.</summary>
    internal static void SetTags(EventJob job)
    {
        if (job.Release is null)
        {
            return;
        }

        var tags = EventTags.Of(job.Data);
        EventTags.Remove(tags, "release");
        EventTags.Set(tags, "sentry:release", job.Release.Version);
        if (job.Texts.Dist is { } dist)
        {
            EventTags.Remove(tags, "dist");
            EventTags.Set(tags, "sentry:dist", dist);
        }
    }

    /// <summary>Gets or creates the distributions, which no later step looks at.</summary>
    internal async Task AddDistributionsAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        var named = jobs.Where(job => job is { Release: not null, Texts.Dist: not null }).ToList();
        var cells = session.CellsOf(LookUps.Distributions);
        var byId = new Dictionary<long, ReleaseRow>();
        foreach (var (release, dist) in named.Select(job => (job.Release!, job.Texts.Dist!)).Where(pair => !pair.Item1.IsNew).Distinct())
        {
            byId[release.Id] = release;
            cells.Add(release.Id).Add(dist).EndRow();
        }

        await session.ReadAsync(
            LookUps.Distributions,
            cells,
            reader =>
            {
                var release = byId[reader.GetInt64(0)];
                var name = reader.GetString(1);
                rows.Distributions.Add((release, name), new DistributionRow { Id = reader.GetInt64(2), Release = release, Name = name, DateAdded = default });
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var job in named)
        {
            var key = (job.Release!, job.Texts.Dist!);
            if (rows.Distributions.Find(key) is null)
            {
                rows.Distributions.Add(key, new DistributionRow { IsNew = true, Release = key.Item1, Name = key.Item2, DateAdded = job.Time });
            }
        }
    }

    /// <summary>Remembers the releases that were used, now that they are stored.</summary>
    internal void Keep()
    {
        if (settings.Memory is not { } memory)
        {
            return;
        }

        foreach (var (key, (release, since)) in _used)
        {
            memory.Keep(key.Organization, key.Version, new RememberedRelease(release.Version, since));
        }
    }

    /// <summary>A version that no row can hold stays a text.</summary>
    private static string? VersionOf(EventJob job) =>
        job.Texts.Release is { } version && EventTexts.LengthOf(version) <= EventTexts.LongestVersion ? version : null;

    private static string? Prefixed(ProjectRow project, string version) =>
        project.Slug is null ? null : TrimmedText.Start($"{project.Slug}-{version}", EventTexts.LongestVersion);

    private ReleaseRow Find(EventJob job, string version)
    {
        var key = (job.Project.OrganizationId, version);
        if (settings.Memory is not null && Remembered(job, key) is { } remembered)
        {
            return remembered;
        }

        var release = Linked(job, Prefixed(job.Project, version)) ?? Linked(job, version) ?? Add(job, key);
        _used[key] = (release, job.Now);
        return release;
    }

    private string? RememberedVersion(EventJob job, string version) => settings.Memory?.Find(job.Project.OrganizationId, version, job.Now)?.Version;

    /// <summary>
    /// A release that was used lately is taken as it is: no row is touched, nor is it linked to another project. One that is gone, as the caller has
    /// rolled back, say, is not remembered.
    /// </summary>
    private ReleaseRow? Remembered(EventJob job, (long Organization, string Version) key)
    {
        if (_used.TryGetValue(key, out var used))
        {
            return used.Release;
        }

        return RememberedVersion(job, key.Version) is { } known ? rows.Releases.Find((key.Organization, known)) : null;
    }

    private ReleaseRow? Linked(EventJob job, string? version) =>
        version is not null
        && rows.Releases.Find((job.Project.OrganizationId, version)) is { } release
        && rows.ReleaseProjects.Find((job.Project.Id, release)) is not null
            ? release
            : null;

    private ReleaseRow Add(EventJob job, (long Organization, string Version) key)
    {
        var release = rows.Releases.Find(key) ?? rows.Releases.Add(
            key,
            new ReleaseRow { IsNew = true, OrganizationId = key.Organization, Version = key.Version, DateAdded = job.Time, Since = job.Index });
        rows.ReleaseProjects.Add(
            (job.Project.Id, release),
            new ReleaseProjectRow { IsNew = true, ProjectId = job.Project.Id, Release = release, Since = job.Index });
        job.Project.Raise(ProjectFlags.HasReleases);
        return release;
    }

    private void Read(System.Data.Common.DbDataReader reader)
    {
        var (project, key) = (reader.GetInt64(0), (reader.GetInt64(1), reader.GetString(2)));
        var release = rows.Releases.Find(key) ?? rows.Releases.Add(
            key,
            new ReleaseRow { Id = reader.GetInt64(3), OrganizationId = key.Item1, Version = key.Item2, DateAdded = session.Instant(reader, 4) });
        if (!reader.IsDBNull(5))
        {
            rows.ReleaseProjects.Add((project, release), new ReleaseProjectRow { Id = reader.GetInt64(5), ProjectId = project, Release = release });
        }
    }
}

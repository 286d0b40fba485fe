using Relocation.Testing.Sentry.Events.Releases;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Whether a project's releases are versions in the sense of semantic versioning, as its newest ones tell (docs/events.md, A group that
/// exists).
/// </summary>
internal sealed class VersionScheme(BatchRows rows)
{
    private const int Looked = 10;

    private const int Newest = 3;

    private readonly Dictionary<long, List<(string Version, DateTimeOffset Date, long Id)>> _found = [];

    internal Task LoadAsync(EventSession session, IEnumerable<long> projects, CancellationToken cancellationToken)
    {
        var cells = session.CellsOf(LookUps.NewestReleases);
        foreach (var project in projects)
        {
            cells.Add(project).EndRow();
            _found[project] = [];
        }

        return session.ReadAsync(
            LookUps.NewestReleases,
            cells,
            reader => _found[reader.GetInt64(0)].Add((reader.GetString(1), session.Instant(reader, 2), reader.GetInt64(3))),
            cancellationToken);
    }

    /// <summary>Asks for an event that has a release, of a project that was looked for.</summary>
    internal bool IsSemver(EventJob job)
    {
        if (!IsVersion(job.Release!.Version))
        {
            return false;
        }

        var newest = NewestFor(job);
        var versions = newest.Count(IsVersion);
        return newest.Count switch
        {
            0 => true,
            <= 2 => IsVersion(newest[0]),
            < Looked => newest.Take(Newest).Any(IsVersion),
            _ => newest.Take(Newest).Any(IsVersion) && versions >= Newest,
        };
    }

    private static bool IsVersion(string version) => ReleaseVersion.Parse(version) is not null;

    /// <summary>The newest releases as they are when the event comes: found, or added for it or for earlier events of the batch.</summary>
    private List<string> NewestFor(EventJob job)
    {
        var added = rows.ReleaseProjects.New
            .Where(link => link.ProjectId == job.Project.Id && link.Since <= job.Index)
            .Select((link, place) => (link.Release.Version, Date: link.Release.DateAdded, Id: link.Release.IsNew ? long.MaxValue - 1_000_000 + place : link.Release.Id));
        return
        [
            .. _found.GetValueOrDefault(job.Project.Id, []).Concat(added)
                .OrderByDescending(release => release.Date).ThenByDescending(release => release.Id).Take(Looked).Select(release => release.Version),
        ];
    }
}

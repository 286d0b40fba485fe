using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Gives a batch's new rows their keys, and writes all that is new or changed: one statement a table.</summary>
internal sealed class BatchWriter(BatchRows rows, EventSession session, EventSettings settings)
{
    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        await KeyStep.GiveAsync(rows, session, cancellationToken).ConfigureAwait(false);
        await WriteReleasesAsync(cancellationToken).ConfigureAwait(false);
        await WriteEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
        await WriteGroupsAsync(cancellationToken).ConfigureAwait(false);
        await WriteSightingsAsync(cancellationToken).ConfigureAwait(false);
        await WriteRegressionsAsync(cancellationToken).ConfigureAwait(false);
        await WritePayloadsAsync(cancellationToken).ConfigureAwait(false);
        await WriteAttachmentsAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Updates.Projects,
            rows.Projects.Values.Where(project => project.IsChanged),
            static (cells, row) => cells.Add(row.Id).Add(row.Flags).Add(row.FirstEvent),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteReleasesAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(Inserts.Releases, rows.Releases.New, AddRelease, cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.ReleaseProjects,
            rows.ReleaseProjects.New,
            static (cells, row) => cells.Add(row.Id).Add(row.ProjectId).Add(row.Release.Id).Add(row.MoreGroups),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Updates.ReleaseProjects,
            rows.ReleaseProjects.Changed,
            static (cells, row) => cells.Add(row.Id).Add(row.MoreGroups),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.Distributions,
            rows.Distributions.New,
            static (cells, row) => cells.Add(row.Id).Add(row.Release.OrganizationId).Add(row.Release.Id).Add(row.Name).Add(row.DateAdded),
            cancellationToken).ConfigureAwait(false);
    }

    private static void AddRelease(RowCells cells, ReleaseRow row)
    {
        var version = Releases.ReleaseVersion.Parse(row.Version);
        cells.Add(row.Id).Add(row.OrganizationId).Add(row.Version).Add(row.DateAdded).Add(version?.Package).Add(version?.Major).Add(version?.Minor)
            .Add(version?.Patch).Add(version?.Revision).Add(version?.Prerelease).Add(version?.BuildCode).Add(version?.BuildNumber);
    }

    private async Task WriteEnvironmentsAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(
            Inserts.Environments,
            rows.Environments.New,
            static (cells, row) => cells.Add(row.Id).Add(row.OrganizationId).Add(row.Name).Add(row.DateAdded),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.EnvironmentProjects,
            rows.EnvironmentProjects.New,
            static (cells, row) => cells.Add(row.Id).Add(row.ProjectId).Add(row.Environment.Id),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteGroupsAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(Inserts.Counters, rows.Counters.New.Where(row => row.IsChanged), static (cells, row) => cells.Add(row.Id).Add(row.ProjectId).Add(row.Value), cancellationToken)
            .ConfigureAwait(false);
        await WriteAsync(Updates.Counters, rows.Counters.Changed, static (cells, row) => cells.Add(row.Id).Add(row.Value), cancellationToken)
            .ConfigureAwait(false);
        await WriteAsync(Inserts.Groups, rows.NewGroups, AddGroup, cancellationToken).ConfigureAwait(false);
        await GroupRows.UpdateAsync(session, rows.FoundGroups.Values.Where(group => group.IsChanged), cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.GroupHashes,
            rows.Hashes.New,
            static (cells, row) => cells.Add(row.Id).Add(row.ProjectId).Add(row.Hash).Add(row.Group?.Id),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(Updates.GroupHashes, rows.Hashes.Changed, static (cells, row) => cells.Add(row.Id).Add(row.Group?.Id), cancellationToken)
            .ConfigureAwait(false);
        await WriteAsync(
            Inserts.GroupEnvironments,
            rows.GroupEnvironments.New,
            static (cells, row) => cells.Add(row.Id).Add(row.Group.Id).Add(row.Environment.Id).Add(row.FirstRelease?.Id).Add(row.FirstSeen),
            cancellationToken).ConfigureAwait(false);
    }

    private void AddGroup(RowCells cells, GroupRow row) => cells
        .Add(row.Id).Add(row.ProjectId).Add(row.ShortId).Add(row.Logger).Add(row.Level).Add(row.Message).Add(row.Culprit).Add(row.Platform)
        .Add(row.Status).Add(row.Substatus).Add(row.TimesSeen).Add(row.LastSeen).Add(row.FirstSeen).Add(row.FirstRelease?.Id).Add(row.ActiveAt)
        .Add(row.Score).Add(session.Documents.Add(row.Data)).Add(row.Priority);

    private async Task WriteSightingsAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(Inserts.GroupReleases, rows.GroupReleases.New, AddGroupRelease, cancellationToken).ConfigureAwait(false);
        await WriteAsync(Updates.GroupReleases, rows.GroupReleases.Changed, static (cells, row) => cells.Add(row.Id).Add(row.LastSeen), cancellationToken)
            .ConfigureAwait(false);
        await WriteAsync(
            Inserts.ReleaseEnvironments,
            rows.ReleaseEnvironments.New,
            static (cells, row) => cells.Add(row.Id).Add(row.Release.OrganizationId).Add(row.Release.Id).Add(row.Environment!.Id).Add(row.FirstSeen)
                .Add(row.LastSeen),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Updates.ReleaseEnvironments,
            rows.ReleaseEnvironments.Changed,
            static (cells, row) => cells.Add(row.Id).Add(row.LastSeen),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.ReleaseProjectEnvironments,
            rows.ReleaseProjectEnvironments.New,
            static (cells, row) => cells.Add(row.Id).Add(row.ProjectId).Add(row.Release.Id).Add(row.Environment!.Id).Add(row.MoreIssues).Add(row.FirstSeen)
                .Add(row.LastSeen),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Updates.ReleaseProjectEnvironments,
            rows.ReleaseProjectEnvironments.Changed,
            static (cells, row) => cells.Add(row.Id).Add(row.IsMoved ? row.LastSeen : null).Add(row.MoreIssues),
            cancellationToken).ConfigureAwait(false);
    }

    private static void AddGroupRelease(RowCells cells, SeenRow row)
    {
        if (row.Release.Id > int.MaxValue)
        {
            throw Errors.KeyTooLarge("sentry_grouprelease.release_id", row.Index);
        }

        cells.Add(row.Id).Add(row.ProjectId).Add(row.Group!.Id).Add(row.Release.Id).Add(row.Environment!.Name).Add(row.FirstSeen).Add(row.LastSeen);
    }

    private async Task WriteRegressionsAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(Updates.RemovedResolutions, rows.RemovedResolutions, static (cells, row) => cells.Add(row.Id), cancellationToken)
            .ConfigureAwait(false);
        await WriteAsync(
            Updates.Activities,
            rows.ChangedActivities,
            static (cells, row) => cells.Add(row.Id).Add(PayloadText.Of(row.Data)),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.Activities,
            rows.NewActivities,
            static (cells, row) => cells.Add(row.Id).Add(row.Group.ProjectId).Add(row.Group.Id).Add(row.Date).Add(PayloadText.Of(row.Data)),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.GroupHistories,
            rows.NewHistories,
            static (cells, row) => cells.Add(row.Id).Add(row.Project.OrganizationId).Add(row.Group.Id).Add(row.Project.Id).Add(row.Release?.Id)
                .Add(row.PreviousId).Add(row.PreviousDate).Add(row.Date),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task WritePayloadsAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in rows.StreamLog)
        {
            entry.State = StreamState.Add(session.Documents, entry.Job, settings.Options.Raw);
        }

        await WriteAsync(
            Inserts.Nodes,
            rows.Nodes.Values,
            static (cells, job) => cells.Add(NodeId.Of(job.Project.Id, job.EventId)).Add(job.NodeContent).Add(job.Now),
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.Stream,
            rows.Stream.New.Where(row => row.Latest is not null),
            (cells, row) =>
            {
                var job = row.Latest!.Job;
                cells.Add(row.Id).Add(job.Project.Id).Add(job.Day).Add(job.EventId).Add(job.Project.OrganizationId);
                AddInsert(cells, row);
            },
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Updates.Stream,
            rows.Stream.Changed,
            (cells, row) =>
            {
                cells.Add(row.Id);
                AddInsert(cells, row);
            },
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            Inserts.StreamLog,
            rows.StreamLog,
            static (cells, row) => cells.Add(row.Id).Add(row.Job.Project.Id).Add(row.Job.Day).Add(row.Job.EventId).Add(row.Job.Time).Add(row.Job.Group?.Id)
                .Add(row.Job.PrimaryHash).Add(row.State),
            cancellationToken).ConfigureAwait(false);
    }

    private void AddInsert(RowCells cells, StreamRow row)
    {
        var job = row.Latest!.Job;
        cells.Add(job.Time).Add(job.Group?.Id).Add(job.Type).Add(job.Texts.Platform)
            .Add(session.Documents.Add(job.SearchMessage)).Add(job.PrimaryHash)
            .Add(job.Release?.Version).Add(job.Texts.Environment).Add(job.StreamPayload).Add(row.Latest.State)
            .Add(row.Latest.Id).Add(row.Inserts);
    }

    private async Task WriteAttachmentsAsync(CancellationToken cancellationToken)
    {
        // In one order, as writers to two organizations that store the same in two orders would stop each other.
        var blobs = rows.Blobs.New.OrderBy(static row => row.Path, StringComparer.Ordinal);
        await WriteAsync(Inserts.Blobs, blobs, static (cells, row) => cells.Add(row.Id).Add(row.Path).Add(row.Content), cancellationToken)
            .ConfigureAwait(false);
        await WriteAsync(
            Inserts.Attachments,
            rows.Attachments,
            static (cells, row) => cells.Add(row.Id).Add(row.Job.Project.Id).Add(row.Job.Group?.Id).Add(row.Job.EventId).Add(row.Type).Add(row.Name)
                .Add(row.ContentType).Add(row.Size).Add(row.Hash).Add(row.Job.Now).Add(row.BlobPath),
            cancellationToken).ConfigureAwait(false);
    }

    private Task WriteAsync<T>(RowStatement statement, IEnumerable<T> written, Action<RowCells, T> add, CancellationToken cancellationToken)
    {
        RowCells? cells = null;
        foreach (var row in written)
        {
            cells ??= session.CellsOf(statement);
            add(cells, row);
            cells.EndRow();
        }

        return cells is null ? Task.CompletedTask : session.WriteAsync(statement, cells, cancellationToken);
    }
}

using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Rows;

/// <summary>Reads and writes relocations.</summary>
internal static class RelocationRows
{
    private const string Columns =
        "id, uuid, creator_id, owner_id, step, provenance, status, scheduled_pause_at_step, scheduled_cancel_at_step, want_org_slugs, want_usernames, "
        + "latest_notified, latest_unclaimed_emails_sent_at, latest_task, latest_task_attempts, failure_reason, date_added, date_updated, "
        + "is_latest_task_done, lease_owner, lease_expires_at";

    /// <summary>Finds one; null when there is none.</summary>
    internal static async Task<RelocationRow?> FindAsync(TaskSql sql, Guid uuid, CancellationToken cancellationToken, bool forUpdate = false)
    {
        var rows = await sql.QueryAsync(
            $"SELECT {Columns} FROM sentry_relocation WHERE uuid = @p0{(forUpdate ? sql.ForUpdate : string.Empty)}", [uuid], cancellationToken)
            .ConfigureAwait(false);
        return rows.Count == 0 ? null : Read(rows[0]);
    }

    /// <summary>Finds all, the oldest first.</summary>
    internal static async Task<IReadOnlyList<RelocationRow>> ListAsync(TaskSql sql, CancellationToken cancellationToken) =>
        [.. (await sql.QueryAsync($"SELECT {Columns} FROM sentry_relocation ORDER BY id", [], cancellationToken).ConfigureAwait(false)).Select(Read)];

    /// <summary>An unfinished relocation of that owner, or null.</summary>
    internal static async Task<Guid?> FindActiveAsync(TaskSql sql, long ownerId, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            "SELECT uuid FROM sentry_relocation WHERE owner_id = @p0 AND status IN (@p1, @p2) ORDER BY id",
            [ownerId, RelocationStatus.InProgress, RelocationStatus.Pause],
            cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : TaskSql.Uuid(rows[0][0]);
    }

    /// <summary>Inserts one.</summary>
    /// <returns>Its key.</returns>
    internal static async Task<long> InsertAsync(TaskSql sql, RelocationRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = await sql.NumbersAsync(
            "INSERT INTO sentry_relocation (uuid, creator_id, owner_id, step, provenance, status, scheduled_pause_at_step, want_org_slugs, latest_task, "
            + "latest_task_attempts, date_added, date_updated, is_latest_task_done) "
            + $"VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, {sql.Json("@p7")}, @p8, @p9, @p10, @p10, @p11) RETURNING id",
            [
                row.Uuid, row.CreatorId, row.OwnerId, row.Step, row.Provenance, row.Status, row.PauseAt, TaskSql.ToJson(row.WantOrgSlugs),
                TaskDefinition.TextOf(row.LatestTask), row.LatestTaskAttempts, now, row.IsLatestTaskDone,
            ],
            cancellationToken).ConfigureAwait(false);
        return keys[0];
    }

    /// <summary>Stores the changeable columns of a relocation. The lease has statements of its own.</summary>
    internal static Task UpdateAsync(TaskSql sql, RelocationRow row, DateTimeOffset now, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "UPDATE sentry_relocation SET step = @p1, status = @p2, scheduled_pause_at_step = @p3, scheduled_cancel_at_step = @p4, "
        + $"want_usernames = {sql.Json("@p5")}, latest_notified = @p6, latest_unclaimed_emails_sent_at = @p7, latest_task = @p8, "
        + "latest_task_attempts = @p9, failure_reason = @p10, is_latest_task_done = @p11, date_updated = @p12 WHERE id = @p0",
        [
            row.Id, row.Step, row.Status, row.PauseAt, row.CancelAt, TaskSql.ToJson(row.WantUsernames), row.LatestNotified, row.ClaimsSentAt,
            TaskDefinition.TextOf(row.LatestTask), row.LatestTaskAttempts, row.FailureReason, row.IsLatestTaskDone, now,
        ],
        cancellationToken);

    private static RelocationRow Read(object?[] row) => new()
    {
        Id = TaskSql.Number(row[0])!.Value,
        Uuid = TaskSql.Uuid(row[1]),
        CreatorId = TaskSql.Number(row[2])!.Value,
        OwnerId = TaskSql.Number(row[3])!.Value,
        Step = (RelocationStep)TaskSql.Number(row[4])!.Value,
        Provenance = (RelocationProvenance)TaskSql.Number(row[5])!.Value,
        Status = (RelocationStatus)TaskSql.Number(row[6])!.Value,
        PauseAt = (RelocationStep?)TaskSql.Number(row[7]),
        CancelAt = (RelocationStep?)TaskSql.Number(row[8]),
        WantOrgSlugs = TaskSql.Texts(row[9]) ?? [],
        WantUsernames = TaskSql.Texts(row[10]),
        LatestNotified = (RelocationMessageKind?)TaskSql.Number(row[11]),
        ClaimsSentAt = TaskSql.Moment(row[12]),
        LatestTask = TaskDefinition.Parse((string)row[13]!),
        LatestTaskAttempts = (int)TaskSql.Number(row[14])!.Value,
        FailureReason = (string?)row[15],
        DateAdded = TaskSql.Moment(row[16]),
        DateUpdated = TaskSql.Moment(row[17])!.Value,
        IsLatestTaskDone = TaskSql.Flag(row[18]),
        LeaseOwner = (string?)row[19],
        LeaseExpiresAt = TaskSql.Moment(row[20]),
    };
}

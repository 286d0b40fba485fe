using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>Reads the state of a relocation from its rows.</summary>
internal static class StateReading
{
    internal static async Task<RelocationState> ReadAsync(TaskSql sql, RelocationRow row, CancellationToken cancellationToken) => new()
    {
        Uuid = row.Uuid,
        Step = row.Step,
        Status = row.Status,
        Provenance = row.Provenance,
        Owner = await UserRows.FindNameAsync(sql, row.OwnerId, cancellationToken).ConfigureAwait(false),
        Creator = await UserRows.FindNameAsync(sql, row.CreatorId, cancellationToken).ConfigureAwait(false),
        Organizations = row.WantOrgSlugs,
        Usernames = row.WantUsernames,
        LatestTask = row.LatestTask,
        LatestTaskAttempts = row.LatestTaskAttempts,
        PauseAt = row.PauseAt,
        CancelAt = row.CancelAt,
        FailureReason = row.FailureReason,
        Validation = (await ValidationRow.FindAsync(sql, row.Id, cancellationToken).ConfigureAwait(false))?.Status,
        LatestNotified = row.LatestNotified,
        ClaimsSentAt = row.ClaimsSentAt,
        DateAdded = row.DateAdded,
        DateUpdated = row.DateUpdated,
        HeldUntil = row.LeaseOwner is null ? null : row.LeaseExpiresAt,
        Messages = [.. (await MessageRows.ListAsync(sql, row, cancellationToken).ConfigureAwait(false)).Select(message => message.Message)],
    };
}

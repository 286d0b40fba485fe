using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>
/// Keeps a second runner away from a relocation (docs/tasks.md, One runner at a time): the row holds who has it, and until when at least.
/// Every transaction of a runner first checks that this is still true.
/// </summary>
/// <param name="uuid">The relocation.</param>
/// <param name="time">How long the lease lasts without renewal.</param>
internal sealed class TaskLease(Guid uuid, TimeSpan time)
{
    private readonly string _owner = LeaseOwner.Make().ToString();

    /// <summary>Refuses a relocation that does not exist or that another runner holds.</summary>
    /// <returns>The row.</returns>
    internal RelocationRow Refuse(RelocationRow? row, DateTimeOffset now) => row switch
    {
        null => throw Errors.RelocationMissing(uuid),
        { LeaseOwner: { } owner, LeaseExpiresAt: { } until } when owner != _owner && until > now && !LeaseOwner.HasEnded(owner) =>
            throw Errors.LeaseHeld(uuid, LeaseOwner.Describe(owner), until),
        _ => row,
    };

    /// <summary>Takes the relocation, or takes it over from a runner that has ended or has not renewed its lease.</summary>
    /// <exception cref="RelocationTaskException">The relocation does not exist, or another runner has it.</exception>
    internal async Task TakeAsync(TaskSql sql, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // First without a lock: the holder may lock the row for as long as an import takes.
        Refuse(await RelocationRows.FindAsync(sql, uuid, cancellationToken).ConfigureAwait(false), now);
        var transaction = await sql.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var within = new TaskSql(sql.Engine, sql.Connection, transaction);
            var row = Refuse(await RelocationRows.FindAsync(within, uuid, cancellationToken, forUpdate: true).ConfigureAwait(false), now);
            await SetAsync(within, row, _owner, now + time, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Locks the row in a transaction, checks that the relocation may continue, and renews the lease.</summary>
    /// <param name="sql">The transaction.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <param name="isPauseFine">Whether a paused relocation may go on too.</param>
    /// <param name="wait">How much longer than usual the runner will be silent.</param>
    internal async Task<RelocationRow> HoldAsync(
        TaskSql sql, DateTimeOffset now, CancellationToken cancellationToken, bool isPauseFine = false, TimeSpan wait = default)
    {
        var row = await RelocationRows.FindAsync(sql, uuid, cancellationToken, forUpdate: true).ConfigureAwait(false)
            ?? throw Errors.RelocationMissing(uuid);
        if (row.LeaseOwner != _owner)
        {
            throw Errors.LeaseLost(uuid);
        }

        if (row.Status != RelocationStatus.InProgress && !(isPauseFine && row.Status == RelocationStatus.Pause))
        {
            throw new TaskStoppedException();
        }

        await SetAsync(sql, row, _owner, now + time + wait, cancellationToken).ConfigureAwait(false);
        return row;
    }

    /// <summary>Releases the relocation, if this runner still holds it.</summary>
    internal Task ReleaseAsync(TaskSql sql, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "UPDATE sentry_relocation SET lease_owner = NULL, lease_expires_at = NULL WHERE uuid = @p0 AND lease_owner = @p1", [uuid, _owner], cancellationToken);

    /// <summary>Does not count the latest attempt, if it is still this runner's.</summary>
    internal Task TakeBackAttemptAsync(TaskSql sql, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "UPDATE sentry_relocation SET latest_task_attempts = latest_task_attempts - 1 "
        + "WHERE uuid = @p0 AND lease_owner = @p1 AND is_latest_task_done = @p2 AND latest_task_attempts > 0",
        [uuid, _owner, false],
        cancellationToken);

    private static Task<int> SetAsync(TaskSql sql, RelocationRow row, string owner, DateTimeOffset until, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "UPDATE sentry_relocation SET lease_owner = @p1, lease_expires_at = @p2 WHERE id = @p0", [row.Id, owner, until], cancellationToken);
}

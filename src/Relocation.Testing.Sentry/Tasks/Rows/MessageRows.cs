namespace Relocation.Testing.Sentry.Tasks.Rows;

/// <summary>
/// The outbox: messages are written in the transaction of what they report, and sent afterwards. One relocation has one message of a kind
/// for a user, however often the task is repeated that writes it (docs/tasks.md, Messages).
/// </summary>
internal static class MessageRows
{
    /// <summary>Writes a message, unless it exists.</summary>
    internal static Task WriteAsync(
        TaskSql sql, RelocationRow row, RelocationMessageKind kind, long user, string content, DateTimeOffset now, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(
            "INSERT INTO sentry_relocationmessage (relocation_id, kind, user_id, content, date_added, date_updated) VALUES (@p0, @p1, @p2, @p3, @p4, @p4) "
            + "ON CONFLICT (relocation_id, kind, user_id) DO NOTHING",
            [row.Id, kind, user, content, now],
            cancellationToken);

    /// <summary>
    /// Writes a message to the owner, and to the creator when that is another; users who no longer exist are skipped (docs/tasks.md,
    /// Messages).
    /// </summary>
    /// <returns>The row, which says that the message was the latest.</returns>
    internal static async Task<RelocationRow> TellOwnerAsync(
        TaskSql sql, RelocationRow row, RelocationMessageKind kind, string content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var user in new[] { row.OwnerId, row.CreatorId }.Distinct())
        {
            if (await UserRows.FindNameAsync(sql, user, cancellationToken).ConfigureAwait(false) is not null)
            {
                await WriteAsync(sql, row, kind, user, content, now, cancellationToken).ConfigureAwait(false);
            }
        }

        return row with { LatestNotified = kind };
    }

    /// <summary>The messages of a relocation, in the order in which they were written.</summary>
    internal static async Task<IReadOnlyList<(long Id, RelocationMessage Message)>> ListAsync(
        TaskSql sql, RelocationRow row, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            "SELECT id, kind, user_id, content, date_added, sent_at FROM sentry_relocationmessage WHERE relocation_id = @p0 ORDER BY id",
            [row.Id],
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.Select(message => (TaskSql.Number(message[0])!.Value, new RelocationMessage(
                row.Uuid, (RelocationMessageKind)TaskSql.Number(message[1])!.Value, TaskSql.Number(message[2])!.Value, (string)message[3]!,
                TaskSql.Moment(message[4])!.Value, TaskSql.Moment(message[5])))),
        ];
    }

    /// <summary>Removes unsent messages to users whose accounts were removed. Other messages stay, since what they report did happen.</summary>
    internal static Task RemoveUnsentClaimsAsync(TaskSql sql, RelocationRow row, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "DELETE FROM sentry_relocationmessage WHERE relocation_id = @p0 AND kind = @p1 AND sent_at IS NULL",
        [row.Id, RelocationMessageKind.Claim],
        cancellationToken);

    /// <summary>Remembers that a message was sent.</summary>
    internal static Task SetSentAsync(TaskSql sql, long id, DateTimeOffset now, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "UPDATE sentry_relocationmessage SET sent_at = @p1, date_updated = @p1 WHERE id = @p0", [id, now], cancellationToken);
}

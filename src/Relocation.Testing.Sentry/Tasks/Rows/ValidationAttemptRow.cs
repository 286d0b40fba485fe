namespace Relocation.Testing.Sentry.Tasks.Rows;

/// <summary>One run of a validation.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Status">Its outcome.</param>
/// <param name="BuildId">Its identity, which its findings are kept under.</param>
/// <param name="DateAdded">When it was started.</param>
internal sealed record ValidationAttemptRow(long Id, RelocationValidationStatus Status, Guid BuildId, DateTimeOffset DateAdded)
{
    /// <summary>The runs of a validation, in their order.</summary>
    internal static async Task<IReadOnlyList<ValidationAttemptRow>> ListAsync(TaskSql sql, long validation, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            "SELECT id, status, build_id, date_added FROM sentry_relocationvalidationattempt WHERE relocation_validation_id = @p0 ORDER BY id",
            [validation],
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new ValidationAttemptRow(
                TaskSql.Number(row[0])!.Value, (RelocationValidationStatus)TaskSql.Number(row[1])!.Value, TaskSql.Uuid(row[2]), TaskSql.Moment(row[3])!.Value)),
        ];
    }

    /// <summary>Inserts a run that was just started.</summary>
    internal static Task InsertAsync(
        TaskSql sql, long relocation, long validation, Guid buildId, DateTimeOffset now, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "INSERT INTO sentry_relocationvalidationattempt (relocation_id, relocation_validation_id, status, build_id, date_added, date_updated) "
        + "VALUES (@p0, @p1, @p2, @p3, @p4, @p4)",
        [relocation, validation, RelocationValidationStatus.InProgress, buildId, now],
        cancellationToken);

    /// <summary>Stores what came of it.</summary>
    internal Task UpdateAsync(TaskSql sql, RelocationValidationStatus status, DateTimeOffset now, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "UPDATE sentry_relocationvalidationattempt SET status = @p1, date_updated = @p2 WHERE id = @p0", [Id, status, now], cancellationToken);
}

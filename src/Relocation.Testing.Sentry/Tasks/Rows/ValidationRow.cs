namespace Relocation.Testing.Sentry.Tasks.Rows;

/// <summary>The validation of a relocation.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Status">Its outcome.</param>
/// <param name="Attempts">How many runs were started.</param>
internal sealed record ValidationRow(long Id, RelocationValidationStatus Status, int Attempts)
{
    /// <summary>The validation of a relocation; null when there is none.</summary>
    internal static async Task<ValidationRow?> FindAsync(TaskSql sql, long relocation, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            "SELECT id, status, attempts FROM sentry_relocationvalidation WHERE relocation_id = @p0 ORDER BY id", [relocation], cancellationToken)
            .ConfigureAwait(false);
        return rows.Count == 0
            ? null
            : new ValidationRow(TaskSql.Number(rows[0][0])!.Value, (RelocationValidationStatus)TaskSql.Number(rows[0][1])!.Value, (int)TaskSql.Number(rows[0][2])!.Value);
    }

    /// <summary>
    /// The validation of a relocation, made when there is none: a repeated task makes no second one (docs/tasks.md, Where Sentry differs).
    /// </summary>
    internal static async Task<ValidationRow> GetOrInsertAsync(TaskSql sql, long relocation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(sql, relocation, cancellationToken).ConfigureAwait(false) is { } there)
        {
            return there;
        }

        var keys = await sql.NumbersAsync(
            "INSERT INTO sentry_relocationvalidation (relocation_id, status, attempts, date_added, date_updated) VALUES (@p0, @p1, 0, @p2, @p2) RETURNING id",
            [relocation, RelocationValidationStatus.InProgress, now],
            cancellationToken).ConfigureAwait(false);
        return new ValidationRow(keys[0], RelocationValidationStatus.InProgress, 0);
    }

    internal Task UpdateAsync(TaskSql sql, DateTimeOffset now, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "UPDATE sentry_relocationvalidation SET status = @p1, attempts = @p2, date_updated = @p3 WHERE id = @p0",
        [Id, Status, Attempts, now],
        cancellationToken);
}

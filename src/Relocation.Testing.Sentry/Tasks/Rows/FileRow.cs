namespace Relocation.Testing.Sentry.Tasks.Rows;

/// <summary>The file of a relocation. Its name in the storage stands where upstream has the key of a stored file (docs/tasks.md, Tables).</summary>
/// <param name="Name">The file's name in the storage.</param>
/// <param name="Size">Its length in bytes.</param>
internal sealed record FileRow(string Name, long Size)
{
    private const int RawUserData = 1;

    /// <summary>The raw file of a relocation; null when there is no row of it.</summary>
    internal static async Task<FileRow?> FindAsync(TaskSql sql, long relocation, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            "SELECT file_key, file_size FROM sentry_relocationfile WHERE relocation_id = @p0 AND kind = @p1", [relocation, RawUserData], cancellationToken)
            .ConfigureAwait(false);
        return rows.Count == 0 ? null : new FileRow((string)rows[0][0]!, TaskSql.Number(rows[0][1])!.Value);
    }

    /// <summary>The lengths of all files that relocations since a moment were begun with.</summary>
    internal static Task<IReadOnlyList<long>> SizesSinceAsync(TaskSql sql, DateTimeOffset moment, CancellationToken cancellationToken) =>
        sql.NumbersAsync("SELECT file_size FROM sentry_relocationfile WHERE date_added >= @p0", [moment], cancellationToken);

    internal Task InsertAsync(TaskSql sql, long relocation, DateTimeOffset now, CancellationToken cancellationToken) => sql.ExecuteAsync(
        "INSERT INTO sentry_relocationfile (relocation_id, file_key, file_size, kind, date_added, date_updated) VALUES (@p0, @p1, @p2, @p3, @p4, @p4)",
        [relocation, Name, Size, RawUserData, now],
        cancellationToken);
}

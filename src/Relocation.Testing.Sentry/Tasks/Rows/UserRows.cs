using System.Globalization;

namespace Relocation.Testing.Sentry.Tasks.Rows;

/// <summary>Reads users. Names are compared letter for letter (docs/tasks.md, Storage).</summary>
internal static class UserRows
{
    private const int MostParameters = 500;

    /// <summary>The key of a user, or null if the name is unknown.</summary>
    internal static async Task<long?> FindIdAsync(TaskSql sql, string username, CancellationToken cancellationToken)
    {
        var keys = await sql.NumbersAsync("SELECT id FROM auth_user WHERE username = @p0", [username], cancellationToken).ConfigureAwait(false);
        return keys.Count == 0 ? null : keys[0];
    }

    /// <summary>The name of a user, or null if the user no longer exists.</summary>
    internal static async Task<string?> FindNameAsync(TaskSql sql, long id, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync("SELECT username FROM auth_user WHERE id = @p0", [id], cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : (string)rows[0][0]!;
    }

    /// <summary>Which of some names users have, in the order of the users' keys.</summary>
    internal static async Task<IReadOnlyList<string>> ExistingAsync(TaskSql sql, IReadOnlyList<string> usernames, CancellationToken cancellationToken)
    {
        var found = new List<(long Id, string Name)>();
        foreach (var names in usernames.Chunk(MostParameters))
        {
            var list = string.Join(", ", Enumerable.Range(0, names.Length).Select(at => string.Create(CultureInfo.InvariantCulture, $"@p{at}")));
            var rows = await sql.QueryAsync($"SELECT id, username FROM auth_user WHERE username IN ({list})", [.. names], cancellationToken).ConfigureAwait(false);
            found.AddRange(rows.Select(row => (TaskSql.Number(row[0])!.Value, (string)row[1]!)));
        }

        return [.. found.OrderBy(user => user.Id).Select(user => user.Name)];
    }
}

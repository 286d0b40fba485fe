using Relocation.Testing.Sentry.Importing;
using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Importing;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>
/// Notifies imported users who have not claimed their accounts yet how to do so (docs/tasks.md, Messages). The messages are written with
/// the end of the task, so that nobody gets two, however often the task is repeated.
/// </summary>
internal sealed class NotifyUsersStep : TaskStep
{
    private const int HashLength = 32;

    internal override RelocationTaskName Name => RelocationTaskName.NotifyingUsers;

    internal override Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(
        TaskOutcome.Next(async (sql, row, cancellation) =>
        {
            var imported = new ImportedRows(sql, row.Uuid);
            var users = await UnclaimedAsync(sql, await imported.OfAsync(Labels.User, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            await AddHashesAsync(sql, context, users, cancellation).ConfigureAwait(false);
            var hashes = await HashesAsync(sql, users, cancellation).ConfigureAwait(false);
            var slugs = MessageContent.SlugsOf(await imported.OfAsync(Labels.Organization, cancellation).ConfigureAwait(false));
            foreach (var user in users)
            {
                await MessageRows.WriteAsync(
                    sql, row, RelocationMessageKind.Claim, user, MessageContent.Of(slugs, hashes[user]), context.Now, cancellation).ConfigureAwait(false);
            }

            // Even where nobody is told.
            return row with { ClaimsSentAt = context.Now };
        }));

    private static async Task<IReadOnlyList<long>> UnclaimedAsync(TaskSql sql, IReadOnlyList<ImportedRow> users, CancellationToken cancellationToken)
    {
        var unclaimed = new List<long>();
        foreach (var list in KeyLists.Of(users.Select(user => user.New)))
        {
            unclaimed.AddRange(await sql.NumbersAsync(
                $"SELECT id FROM auth_user WHERE is_unclaimed = @p0 AND id IN ({list}) ORDER BY id", [true], cancellationToken).ConfigureAwait(false));
        }

        return unclaimed;
    }

    private static async Task<Dictionary<long, string>> HashesAsync(TaskSql sql, IEnumerable<long> users, CancellationToken cancellationToken)
    {
        var hashes = new Dictionary<long, string>();
        foreach (var list in KeyLists.Of(users))
        {
            foreach (var row in await sql.QueryAsync(
                $"SELECT user_id, hash FROM sentry_lostpasswordhash WHERE user_id IN ({list})", [], cancellationToken).ConfigureAwait(false))
            {
                hashes[TaskSql.Number(row[0])!.Value] = (string)row[1]!;
            }
        }

        return hashes;
    }

    /// <summary>The import has made one for every user, but it may have been used or removed.</summary>
    private static async Task AddHashesAsync(TaskSql sql, TaskContext context, IReadOnlyList<long> users, CancellationToken cancellationToken)
    {
        var there = await HashesAsync(sql, users, cancellationToken).ConfigureAwait(false);
        var missing = users.Where(user => !there.ContainsKey(user)).ToList();
        if (missing.Count > 0)
        {
            await RowsBeside.WriteAsync(
                sql,
                context,
                (session, cancellation) => SupportRows.InsertAsync(
                    session,
                    Labels.LostPasswordHash,
                    ["user", "hash", "date_added"],
                    missing.Select(user => new object?[]
                    {
                        user, session.Values.Text(HashLength, Alphabets.Hex, Labels.LostPasswordHash, "claim", RecordKey.From(user)), session.Now,
                    }),
                    cancellation),
                cancellationToken).ConfigureAwait(false);
        }
    }
}

using System.Data.Common;
using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Importing;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>
/// Makes the relocation's owner the owner of what was imported (addendum, T-39). Who is a member already is raised; Sentry leaves the old role.
/// </summary>
/// <param name="transaction">Decides whether it stays.</param>
/// <param name="model">The model of the tables, with those that imports write besides.</param>
/// <param name="now">The moment, by the task's clock.</param>
internal sealed class OwnerMembership(DbTransaction transaction, RelocationModel model, DateTimeOffset now)
{
    private const string Owner = "owner";
    private const int Approved = 0;
    private const int MemberType = 50;

    /// <summary>Makes a user the owner of organizations. Doing so again changes nothing.</summary>
    /// <param name="userId">The user's key.</param>
    /// <param name="organizations">The organizations' keys.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal async Task RaiseAsync(long userId, IEnumerable<long> organizations, CancellationToken cancellationToken)
    {
        var users = await Statements.QueryAsync(
            transaction.Connection!, transaction, "SELECT email, is_active FROM auth_user WHERE id = @p0", [userId], cancellationToken)
            .ConfigureAwait(false);
        if (users is not [var user])
        {
            throw Errors.OwnerIsGone(userId);
        }

        foreach (var organization in organizations)
        {
            var members = await MembersAsync(organization, userId, cancellationToken).ConfigureAwait(false);
            if (members.Count == 0)
            {
                await InsertMemberAsync(organization, userId, user[0], Convert.ToBoolean(user[1], null), cancellationToken).ConfigureAwait(false);
                members = await MembersAsync(organization, userId, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await ExecuteAsync("UPDATE sentry_organizationmember SET role = @p0 WHERE id = @p1", [Owner, members[0]], cancellationToken)
                    .ConfigureAwait(false);
            }

            await WriteMappingAsync(organization, userId, members[0], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<object?>> MembersAsync(long organization, long userId, CancellationToken cancellationToken)
    {
        var rows = await Statements.QueryAsync(
            transaction.Connection!,
            transaction,
            "SELECT id FROM sentry_organizationmember WHERE organization_id = @p0 AND user_id = @p1",
            [organization, userId],
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row[0])];
    }

    private Task InsertMemberAsync(long organization, long userId, object? email, bool isActive, CancellationToken cancellationToken)
    {
        var entity = model.Find(Labels.OrganizationMember)!;
        var values = new (string Field, object? Value)[]
        {
            ("organization", organization), ("user_id", userId), ("email", null), ("role", Owner), ("flags", 0L), ("token", null), ("date_added", now),
            ("token_expires_at", null), ("has_global_access", true), ("inviter_id", null), ("invite_status", Approved), ("type", MemberType),
            ("user_is_active", isActive), ("user_email", email),
        };

        // Older versions lack some.
        var written = values.Where(value => entity.Has(value.Field)).ToList();
        var columns = written.Select(value => entity.ColumnOf(value.Field));
        return ExecuteAsync(
            $"INSERT INTO sentry_organizationmember ({string.Join(", ", columns)}) VALUES ({string.Join(", ", written.Select((_, at) => $"@p{at}"))})",
            [.. written.Select(value => value.Value)],
            cancellationToken);
    }

    /// <summary>The other half of a deployment learns of it.</summary>
    private async Task WriteMappingAsync(long organization, long userId, object? member, CancellationToken cancellationToken)
    {
        var raised = await ExecuteAsync(
            "UPDATE sentry_organizationmembermapping SET role = @p0 WHERE organization_id = @p1 AND user_id = @p2",
            [Owner, organization, userId],
            cancellationToken).ConfigureAwait(false);
        if (raised == 0)
        {
            await ExecuteAsync(
                "INSERT INTO sentry_organizationmembermapping (organization_id, organizationmember_id, user_id, email, role, inviter_id, invite_status, date_added) "
                + "VALUES (@p0, @p1, @p2, NULL, @p3, NULL, @p4, @p5)",
                [organization, member, userId, Owner, Approved, now],
                cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<int> ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken) =>
        Statements.ExecuteAsync(transaction, sql, parameters, cancellationToken);
}

using Relocation.Testing.Sentry.Importing;
using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Importing;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>
/// Makes the relocation's owner the owner of the imported organizations (docs/tasks.md, Where Sentry differs). An existing member becomes
/// owner; Sentry keeps the old role. Repeating it changes nothing.
/// </summary>
/// <param name="sql">The transaction.</param>
/// <param name="context">The attempt.</param>
internal sealed class OwnerMembership(TaskSql sql, TaskContext context)
{
    private const string Owner = "owner";
    private const int Approved = 0;

    /// <summary>The column's value for every member.</summary>
    private const int MemberType = 50;

    /// <summary>Makes the user the owner of organizations.</summary>
    internal async Task RaiseAsync(IReadOnlyList<long> organizations, CancellationToken cancellationToken)
    {
        var owner = context.Relocation.OwnerId;
        var users = await sql.QueryAsync("SELECT email, is_active FROM auth_user WHERE id = @p0", [owner], cancellationToken).ConfigureAwait(false);
        if (users.Count == 0)
        {
            throw Errors.OwnerGone(context.Relocation.Uuid);
        }

        await RaiseMembersAsync("sentry_organizationmember", organizations, cancellationToken).ConfigureAwait(false);
        var others = organizations.Except(await MembersAsync("sentry_organizationmember", organizations, cancellationToken).ConfigureAwait(false)).ToList();
        if (others.Count > 0)
        {
            await AddAsync(others, (string?)users[0][0], TaskSql.Flag(users[0][1]), cancellationToken).ConfigureAwait(false);
        }

        // The other half of a deployment has a copy of existing members, too.
        await RaiseMembersAsync("sentry_organizationmembermapping", organizations, cancellationToken).ConfigureAwait(false);
        var unknown = organizations.Except(await MembersAsync("sentry_organizationmembermapping", organizations, cancellationToken).ConfigureAwait(false)).ToList();
        if (unknown.Count > 0)
        {
            await AddMappingsAsync(unknown, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RaiseMembersAsync(string table, IReadOnlyList<long> organizations, CancellationToken cancellationToken)
    {
        foreach (var list in KeyLists.Of(organizations))
        {
            await sql.ExecuteAsync(
                $"UPDATE {table} SET role = @p0 WHERE user_id = @p1 AND organization_id IN ({list})", [Owner, context.Relocation.OwnerId], cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Which of some organizations the owner is a member of.</summary>
    private async Task<IReadOnlyList<long>> MembersAsync(string table, IReadOnlyList<long> organizations, CancellationToken cancellationToken)
    {
        var found = new List<long>();
        foreach (var list in KeyLists.Of(organizations))
        {
            found.AddRange(await sql.NumbersAsync(
                $"SELECT organization_id FROM {table} WHERE user_id = @p0 AND organization_id IN ({list})", [context.Relocation.OwnerId], cancellationToken)
                .ConfigureAwait(false));
        }

        return found;
    }

    private Task AddAsync(IReadOnlyList<long> organizations, string? email, bool isActive, CancellationToken cancellationToken) => RowsBeside.WriteAsync(
        sql,
        context,
        (session, cancellation) => SupportRows.InsertAsync(
            session,
            Labels.OrganizationMember,
            ["organization", "user_id", "role", "flags", "date_added", "has_global_access", "invite_status", "type", "user_is_active", "user_email"],
            organizations.Select(organization => new object?[]
            {
                organization, context.Relocation.OwnerId, Owner, 0L, session.Now, true, Approved, MemberType, isActive, email,
            }),
            cancellation),
        cancellationToken);

    private async Task AddMappingsAsync(IReadOnlyList<long> organizations, CancellationToken cancellationToken)
    {
        var members = new List<object?[]>();
        foreach (var list in KeyLists.Of(organizations))
        {
            members.AddRange(await sql.QueryAsync(
                $"SELECT organization_id, id FROM sentry_organizationmember WHERE user_id = @p0 AND organization_id IN ({list}) ORDER BY id",
                [context.Relocation.OwnerId],
                cancellationToken).ConfigureAwait(false));
        }

        await RowsBeside.WriteAsync(
            sql,
            context,
            (session, cancellation) => SupportRows.InsertAsync(
                session,
                Labels.OrganizationMemberMapping,
                ["organization_id", "organizationmember_id", "user", "role", "invite_status", "date_added"],
                members.Select(member => new[] { member[0], member[1], context.Relocation.OwnerId, Owner, Approved, session.Now }),
                cancellation),
            cancellationToken).ConfigureAwait(false);
    }
}

using System.Globalization;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>
/// The rows that Sentry's save hooks would have added for imported ones and that the backup does not contain: missing ones are found by
/// their real unique key, in one query.
/// </summary>
internal sealed class HookRows(ImportSettings settings, ImportSession session)
{
    private const int HashLength = 32;

    /// <summary>The value of the option that records a project's age, in the form of the column: the newest at the catalogue's date.</summary>
    private const string Epoch = "13";

    /// <summary>Rows that are added whatever else is imported.</summary>
    internal async Task WriteOwnAsync(CancellationToken cancellationToken)
    {
        await WriteLostPasswordsAsync(cancellationToken).ConfigureAwait(false);
        await WriteOrganizationsAsync(cancellationToken).ConfigureAwait(false);
        await WriteMembersAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rows that later records may bring; known only after the last record.</summary>
    internal async Task WriteMissingAsync(CancellationToken cancellationToken)
    {
        await WriteUserEmailsAsync(cancellationToken).ConfigureAwait(false);
        await WriteProjectsAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteUserEmailsAsync(CancellationToken cancellationToken)
    {
        if (RangeOf(Labels.User) is not { } range)
        {
            return;
        }

        var missing = await SupportRows.QueryAsync(
            session,
            "SELECT u.id, u.email FROM auth_user u WHERE u.id BETWEEN @p0 AND @p1 AND u.email <> '' AND NOT EXISTS "
            + "(SELECT 1 FROM sentry_useremail e WHERE e.user_id = u.id AND e.email = u.email) ORDER BY u.id",
            [range.Least, range.Most],
            cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(
            session,
            Labels.UserEmail,
            ["user", "email", "validation_hash", "date_hash_added", "is_verified"],
            missing.Select(row => new[]
            {
                row[0],
                row[1],
                session.Values.Text(HashLength, Alphabets.LettersAndDigits, Labels.UserEmail, "hook", KeyOf(row[0])),
                session.Now,
                false,
            }),
            cancellationToken).ConfigureAwait(false);

        if (session.Model.Find(Labels.Email) is null)
        {
            return;
        }

        // No index serves the subquery; both engines evaluate it once, into a hash or an index of its own.
        var addresses = await SupportRows.QueryAsync(
            session,
            "SELECT min(u.email) FROM auth_user u LEFT JOIN (SELECT DISTINCT lower(email) AS email FROM sentry_email) e "
            + "ON e.email = lower(u.email) WHERE u.id BETWEEN @p0 AND @p1 AND u.email <> '' AND e.email IS NULL "
            + "GROUP BY lower(u.email) ORDER BY min(u.id)",
            [range.Least, range.Most],
            cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(
            session, Labels.Email, ["email", "date_added"], addresses.Select(row => new[] { row[0], session.Now }), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Adds a way to claim the account for users who have to.</summary>
    private Task WriteLostPasswordsAsync(CancellationToken cancellationToken) => settings.IsGlobal
        ? Task.CompletedTask
        : SupportRows.InsertAsync(
            session,
            Labels.LostPasswordHash,
            ["user", "hash", "date_added"],
            Inserted(Labels.User).Select(user => new object?[]
            {
                user.New.AsInteger(),
                session.Values.Text(HashLength, Alphabets.Hex, Labels.LostPasswordHash, "hash", user.Old),
                session.Now,
            }),
            cancellationToken);

    /// <summary>Adds the other half's copy of organizations, and reserves their slugs.</summary>
    private async Task WriteOrganizationsAsync(CancellationToken cancellationToken)
    {
        if (RangeOf(Labels.Organization) is not { } range)
        {
            return;
        }

        var rows = await SupportRows.QueryAsync(
            session,
            "SELECT id, slug, name, status FROM sentry_organization WHERE id BETWEEN @p0 AND @p1 ORDER BY id",
            [range.Least, range.Most],
            cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(
            session,
            Labels.OrganizationMapping,
            ["organization_id", "slug", "name", "status", "region_name", "verified", "date_created"],
            rows.Select(row => new[] { row[0], row[1], row[2], row[3], settings.Options.RegionName, true, session.Now }),
            cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(
            session,
            Labels.OrganizationSlugReservation,
            ["organization_id", "slug", "region_name", "reservation_type", "date_added"],
            rows.Select(row => new[] { row[0], row[1], settings.Options.RegionName, 0, session.Now }),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the other half's copy of members.</summary>
    private async Task WriteMembersAsync(CancellationToken cancellationToken)
    {
        if (RangeOf(Labels.OrganizationMember) is not { } range)
        {
            return;
        }

        var rows = await SupportRows.QueryAsync(
            session,
            "SELECT id, organization_id, user_id, email, role, inviter_id, invite_status FROM sentry_organizationmember "
            + "WHERE id BETWEEN @p0 AND @p1 ORDER BY id",
            [range.Least, range.Most],
            cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(
            session,
            Labels.OrganizationMemberMapping,
            ["organizationmember_id", "organization_id", "user", "email", "role", "inviter", "invite_status", "date_added"],
            rows.Select(row => row.Append(session.Now).ToArray()),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a key, and the option that records a project's age.</summary>
    private async Task WriteProjectsAsync(CancellationToken cancellationToken)
    {
        if (RangeOf(Labels.Project) is not { } range)
        {
            return;
        }

        var withoutKey = await SupportRows.QueryAsync(
            session,
            "SELECT p.id FROM sentry_project p WHERE p.id BETWEEN @p0 AND @p1 AND NOT EXISTS "
            + "(SELECT 1 FROM sentry_projectkey k WHERE k.project_id = p.id) ORDER BY p.id",
            [range.Least, range.Most],
            cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(
            session,
            Labels.ProjectKey,
            ["project", "label", "public_key", "secret_key", "roles", "status", "date_added", "data", "use_case"],
            withoutKey.Select(row => new[]
            {
                row[0], "Default", KeyPart("public", row[0]), KeyPart("secret", row[0]), 1L, 0, session.Now, "{}", "user",
            }),
            cancellationToken).ConfigureAwait(false);

        var withoutEpoch = await SupportRows.QueryAsync(
            session,
            "SELECT p.id FROM sentry_project p WHERE p.id BETWEEN @p0 AND @p1 AND NOT EXISTS "
            + "(SELECT 1 FROM sentry_projectoptions o WHERE o.project_id = p.id AND o.\"key\" = 'sentry:option-epoch') ORDER BY p.id",
            [range.Least, range.Most],
            cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(
            session,
            Labels.ProjectOption,
            ["project", "key", "value"],
            withoutEpoch.Select(row => new[] { row[0], "sentry:option-epoch", Epoch }),
            cancellationToken).ConfigureAwait(false);
    }

    private string KeyPart(string part, object? project) =>
        session.Values.Text(ProjectKeyRule.Length, Alphabets.Hex, Labels.ProjectKey, $"hook {part}", KeyOf(project));

    private static RecordKey KeyOf(object? key) => RecordKey.From(Convert.ToInt64(key, CultureInfo.InvariantCulture));

    private IEnumerable<KeyMapping> Inserted(ModelLabel model) =>
        session.All(model).Where(mapping => mapping.Kind == KeyMappingKind.Inserted);

    /// <summary>
    /// The range of keys of inserted records. No other keys are between them: they were counted up while the table was locked, or the table
    /// was empty.
    /// </summary>
    private (long Least, long Most)? RangeOf(ModelLabel model)
    {
        var range = new KeyRange();
        foreach (var mapping in Inserted(model))
        {
            range.Add(mapping.New.AsInteger());
        }

        return range is { Least: { } least, Most: { } most } ? (least, most) : null;
    }
}

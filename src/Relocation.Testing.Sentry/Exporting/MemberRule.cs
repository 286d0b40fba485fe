using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Exporting;

/// <summary>Exports the members of the organizations with some slugs (docs/sentry-import.md, section 7.1).</summary>
internal sealed class MemberRule(IReadOnlySet<string> slugs) : ExportRule
{
    public override IReadOnlyList<ModelLabel> Models { get; } = [Labels.User];

    public override async ValueTask<Func<SelectedRecord, string?>?> BeginAsync(
        ExportSession session, ModelLabel model, CancellationToken cancellationToken)
    {
        var organizations = new HashSet<long>();
        await foreach (var organization in session.ReadAsync(Labels.Organization, cancellationToken).ConfigureAwait(false))
        {
            if (organization["slug"] is string slug && slugs.Contains(slug))
            {
                organizations.Add(organization.Key.AsInteger());
            }
        }

        var users = await OwnedRecords.KeysAsync(
            session, Labels.OrganizationMember, member => member["organization"] is long key && organizations.Contains(key), "user_id", cancellationToken)
            .ConfigureAwait(false);
        return OwnedRecords.Among(users, "no member of the organizations");
    }
}

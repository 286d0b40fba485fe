using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Exporting;

/// <summary>Exports the addresses of exported users, compared regardless of case (docs/sentry-import.md, section 7.3).</summary>
internal sealed class UsedEmailRule : ExportRule
{
    public override IReadOnlyList<ModelLabel> Models { get; } = [Labels.Email];

    public override async ValueTask<Func<SelectedRecord, string?>?> BeginAsync(
        ExportSession session, ModelLabel model, CancellationToken cancellationToken)
    {
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var address in session.ReadAsync(Labels.UserEmail, cancellationToken).ConfigureAwait(false))
        {
            if (OwnedRecords.Leads(session, address, "user", Labels.User) && address["email"] is string email)
            {
                addresses.Add(email);
            }
        }

        return record => record["email"] is string email && addresses.Contains(email) ? null : "no exported user has the address";
    }
}

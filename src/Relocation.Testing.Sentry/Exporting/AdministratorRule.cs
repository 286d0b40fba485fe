using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Exporting;

/// <summary>Exports the users who administer the instance: by a flag, a permission or a role (docs/sentry-import.md, section 3.3).</summary>
internal sealed class AdministratorRule : ExportRule
{
    public override IReadOnlyList<ModelLabel> Models { get; } = [Labels.User];

    public override async ValueTask<Func<SelectedRecord, string?>?> BeginAsync(
        ExportSession session, ModelLabel model, CancellationToken cancellationToken)
    {
        var users = await OwnedRecords.KeysAsync(session, Labels.UserPermission, _ => true, "user", cancellationToken).ConfigureAwait(false);
        users.UnionWith(await OwnedRecords.KeysAsync(session, Labels.UserRoleUser, _ => true, "user", cancellationToken).ConfigureAwait(false));
        return user => user["is_staff"] is true || user["is_superuser"] is true || users.Contains(user.Key.AsInteger()) ? null : "no administrator";
    }
}

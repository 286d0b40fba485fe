using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Exporting;

/// <summary>
/// Exports the queries that alert rules of exported organizations and subscriptions of exported projects use: a query itself refers to
/// neither (docs/sentry-import.md, section 2.4).
/// </summary>
internal sealed class SnubaQueryRule : ExportRule
{
    private const string Query = "snuba_query";

    public override IReadOnlyList<ModelLabel> Models { get; } = [Labels.SnubaQuery];

    public override async ValueTask<Func<SelectedRecord, string?>?> BeginAsync(
        ExportSession session, ModelLabel model, CancellationToken cancellationToken)
    {
        var used = await OwnedRecords.KeysAsync(
            session, Labels.AlertRule, rule => OwnedRecords.Leads(session, rule, "organization", Labels.Organization), Query, cancellationToken)
            .ConfigureAwait(false);
        used.UnionWith(await OwnedRecords.KeysAsync(
            session, Labels.QuerySubscription, subscription => OwnedRecords.Leads(session, subscription, "project", Labels.Project), Query, cancellationToken)
            .ConfigureAwait(false));
        return OwnedRecords.Among(used, "no exported alert rule or subscription uses it");
    }
}

using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Exporting;

/// <summary>Exports the time series that snapshots of exported incidents show (docs/sentry-import.md, section 7.3).</summary>
internal sealed class SnapshotRule : ExportRule
{
    public override IReadOnlyList<ModelLabel> Models { get; } = [Labels.TimeSeriesSnapshot];

    public override async ValueTask<Func<SelectedRecord, string?>?> BeginAsync(
        ExportSession session, ModelLabel model, CancellationToken cancellationToken)
    {
        var used = await OwnedRecords.KeysAsync(
            session,
            Labels.IncidentSnapshot,
            snapshot => OwnedRecords.Leads(session, snapshot, "incident", Labels.Incident),
            "event_stats_snapshot",
            cancellationToken).ConfigureAwait(false);
        return OwnedRecords.Among(used, "no exported incident shows it");
    }
}

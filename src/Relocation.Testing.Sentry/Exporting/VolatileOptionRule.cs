using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Exporting;

/// <summary>Leaves out options that describe an installation and not its configuration (docs/sentry-import.md, section 7.3).</summary>
internal sealed class VolatileOptionRule : ExportRule
{
    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal)
    {
        "sentry:install-id", "sentry:last_worker_ping", "sentry:last_worker_version", "sentry:latest_version",
    };

    public override IReadOnlyList<ModelLabel> Models { get; } = [Labels.Option, Labels.ControlOption];

    public override ValueTask<Func<SelectedRecord, string?>?> BeginAsync(
        ExportSession session, ModelLabel model, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Func<SelectedRecord, string?>?>(
            option => option["key"] is string key && Keys.Contains(key) ? "it says something about the installation only" : null);
}

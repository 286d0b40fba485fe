using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>What tests of round trips do again and again.</summary>
internal static class SentryRoundTrips
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Options of an import into a version's tables. Another seed makes other values.</summary>
    internal static SentryImportOptions In(string version, long seed = 0) => new() { Version = version, Clock = SentryImports.Options.Clock, Seed = seed };

    /// <summary>The records of a release's export, to be changed by the test.</summary>
    internal static JsonArray Records(string name) => SentryImports.Records(SentryReleases.PathOf(name));

    /// <summary>Exports what backups may hold, in one scope.</summary>
    internal static Task<string> ExportAsync(this TestDatabase database, ImportScope? scope = null) =>
        database.ExportToJsonAsync(new ExportOptions { Scope = scope ?? SentryScopes.Global }, Cancel);

    /// <summary>Compares by the default comparators of a version.</summary>
    internal static Task<ComparisonResult> CompareAsync(Backup left, Backup right, DatabaseUnderTest engine, string version)
    {
        var model = SentryModel.Create(engine.Target.Engine, version);
        return BackupComparer.CompareAsync(left, right, new ComparisonOptions { Model = model, Comparators = SentryComparators.Default(model) }, Cancel);
    }
}

using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing;

/// <summary>
/// Exports a test database in global scope, restores the export into it as Sentry does, and exports again: both exports must be equal
/// except for keys and values that an import replaces (docs/sentry-import.md, section 12.1).
/// </summary>
/// <remarks>Both exports are held in memory, so this is for databases of the size of tests.</remarks>
public static class SentryRoundTrip
{
    /// <summary>Makes the round trip. Afterwards the database contains the imported rows, with keys that start at 1.</summary>
    /// <param name="database">A test database with the tables of <see cref="SentryModel.CreateForImport"/>.</param>
    /// <param name="options">
    /// How to import, or null for the defaults; the export uses the same version. The seed must differ from the one that the database was
    /// filled with, or values that have to be new would be the same again. Default: a seed of 1.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation; what the database then holds is not defined.</param>
    /// <exception cref="RoundTripException">The exports differ, or keys are wrong. The message lists everything.</exception>
    /// <exception cref="SentryImportException">The first export was refused.</exception>
    public static Task<RoundTripResult> ValidateAsync(
        TestDatabase database, SentryImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        options ??= new SentryImportOptions { Seed = 1 };
        var import = new SentryImport(database.Engine, options);
        var export = new SentryExport(database.Engine, new SentryExportOptions { Version = options.Version });
        return RoundTrip.ValidateAsync(
            database,
            new RoundTripOptions
            {
                ExportBy = export.ExportInGlobalScopeAsync,
                Import = async (connection, first, cancel) => (await import.ImportInGlobalScopeAsync(connection, first, cancel).ConfigureAwait(false)).Map,
                KeptKeys = [Labels.Project],
                Comparators = SentryComparators.AfterImport(export.Model),
            },
            cancellationToken);
    }
}

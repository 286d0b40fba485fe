using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Relocation.Testing.Engines;
using Relocation.Testing.Exporting;

namespace Relocation.Testing;

/// <summary>Exports what a context's database holds, and copies backups.</summary>
public static class ExportExtensions
{
    /// <summary>
    /// Exports the database of a context, within the context's transaction where it has one. What is not saved yet is not exported, and
    /// the context's query filters hide nothing.
    /// </summary>
    /// <param name="context">A context of SQLite or PostgreSQL, whose package of this library the application has.</param>
    /// <param name="destination">Where the backup goes.</param>
    /// <param name="options">What to take and how, or null for the defaults.</param>
    /// <param name="model">How entities are called in backups, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the export; no file is left.</param>
    /// <exception cref="ExportException">The database cannot be read as the model says, or the destination cannot be written.</exception>
    /// <exception cref="RelocationModelException">The model uses mappings that are not supported.</exception>
    public static async Task<ExportResult> ExportAsync(
        this DbContext context,
        BackupDestination destination,
        ExportOptions? options = null,
        RelocationModelOptions? model = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var connection = context.Database.GetDbConnection();
        var engine = EnginePackages.All().Select(package => package.Engine).FirstOrDefault(engine => engine.Owns(connection))
            ?? throw ExportErrors.NoEngineOf(connection.GetType().Name);
        var exporter = new BackupExporter(RelocationModel.FromContext(context, model), engine, options);
        if (context.Database.CurrentTransaction?.GetDbTransaction() is { } transaction)
        {
            return await exporter.ExportAsync(transaction, destination, cancellationToken).ConfigureAwait(false);
        }

        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await exporter.ExportAsync(connection, destination, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Copies a backup's text elsewhere, for example to compress, encrypt or decrypt it. What is no backup is refused before anything is
    /// written; a copy in an envelope is compact, as exports make it.
    /// </summary>
    /// <param name="backup">The backup.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="cancellationToken">Cancels the copy; no file is left.</param>
    /// <exception cref="BackupFormatException">The backup cannot be read.</exception>
    /// <exception cref="ExportException">The destination cannot be written.</exception>
    public static Task CopyToAsync(this Backup backup, BackupDestination destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(destination);
        return BackupCopy.RunAsync(backup, destination, cancellationToken);
    }
}

using Relocation.Testing.Cli.Models;

namespace Relocation.Testing.Cli.Databases;

/// <summary>
/// Imports one backup into one database; whatever fails, the database is then as it was, but for a resumable import, of which everything stays
/// that it has committed.
/// </summary>
internal sealed class DatabaseImport
{
    internal required ModelSource Model { get; init; }

    internal required DatabaseLocation Location { get; init; }

    internal required ImportOptions Options { get; init; }

    internal SchemaChoice Schema { get; init; }

    internal bool AllowAnyName { get; init; }

    internal async Task<ImportOutcome> RunAsync(Backup backup, CancellationToken cancellationToken)
    {
        var model = Model.CreateModel(Location.Engine);
        var importer = new BackupImporter(model, Location.Engine, Options);
        var database = await OpenDatabase.OpenAsync(Location, mayCreate: true, AllowAnyName, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var creates = await ModelTables.AreToCreateAsync(database, Schema, model, cancellationToken).ConfigureAwait(false);
            if (Options.ResumeId is not null)
            {
                // What is committed is to be found again.
                database.Keep();
            }

            var result = creates
                ? await CreateAndImportAsync(database, model, importer, backup, cancellationToken).ConfigureAwait(false)
                : await importer.ImportAsync(database.Connection, backup, cancellationToken).ConfigureAwait(false);
            database.Keep();
            return new ImportOutcome(backup, model, Options.Scope, Location, creates, result);
        }
    }

    /// <summary>
    /// Tables and rows come in one transaction, so that a refused backup leaves no tables behind. A new file needs none: it is
    /// removed as a whole, and an import with a transaction of its own checks foreign keys all at once.
    /// </summary>
    private async Task<ImportResult> CreateAndImportAsync(
        OpenDatabase database, RelocationModel model, BackupImporter importer, Backup backup, CancellationToken cancellationToken)
    {
        var connection = database.Connection;
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await Model.CreateSchemaAsync(transaction, model, database.Engine, cancellationToken).ConfigureAwait(false);
            await database.Engine.Schema.CompleteAsync(connection, model, cancellationToken).ConfigureAwait(false);
            if (!database.IsNew && Options.ResumeId is null)
            {
                var result = await importer.ImportAsync(transaction, backup, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return await importer.ImportAsync(connection, backup, cancellationToken).ConfigureAwait(false);
    }
}

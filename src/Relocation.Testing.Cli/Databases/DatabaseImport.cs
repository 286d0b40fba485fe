using System.Data.Common;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Databases;

/// <summary>
/// Imports one backup into one database. If anything fails, the database is unchanged, except that a resumable import keeps what it has
/// committed.
/// </summary>
internal sealed class DatabaseImport
{
    internal required ModelSource Model { get; init; }

    internal required DatabaseLocation Location { get; init; }

    /// <summary>The import's options, given what is done first in its transaction.</summary>
    internal required Func<Func<DbTransaction, CancellationToken, Task>, ImportOptions> MakeOptions { get; init; }

    /// <summary>The identity of a resumable import, or null.</summary>
    internal Guid? ResumeId { get; init; }

    /// <summary>How long to wait for others.</summary>
    internal required Patience Patience { get; init; }

    internal SchemaChoice Schema { get; init; }

    internal bool AllowAnyName { get; init; }

    internal async Task<ImportOutcome> RunAsync(Backup backup, CancellationToken cancellationToken)
    {
        var model = Model.CreateModel(Location.Engine);
        var tables = new ModelTables(Schema, Location.Engine, ResumeId);
        var options = MakeOptions((transaction, cancellation) => tables.MakeAsync(transaction, model, Model.CreateSchemaAsync, cancellation));
        var importer = new BackupImporter(model, Location.Engine, options);
        var database = await OpenDatabase.OpenAsync(Location, mayCreate: true, AllowAnyName, Patience, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var result = await database.KeepWhatIsCommittedAsync(
                ResumeId, () => importer.ImportAsync(database.Connection, backup, cancellationToken)).ConfigureAwait(false);
            return new ImportOutcome(backup, model, options.Scope, Location, tables.AreMade, result);
        }
    }
}

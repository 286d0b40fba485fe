using System.Data.Common;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Engines;
using Relocation.Testing.Schemas;

namespace Relocation.Testing.Cli.Databases;

/// <summary>Imports one backup of Sentry into one database through the rules of its models.</summary>
internal sealed class SentryDatabaseImport
{
    internal required DatabaseLocation Location { get; init; }

    internal required ImportScope Scope { get; init; }

    internal required IReadOnlySet<string>? Filter { get; init; }

    /// <summary>The version of the model.</summary>
    internal required string Version { get; init; }

    /// <summary>The identity of a resumable import, or null.</summary>
    internal Guid? ResumeId { get; init; }

    /// <summary>The import's options, given what is done first in its transaction, and whether the database's name does not matter.</summary>
    internal required Func<Func<DbTransaction, CancellationToken, Task>, bool, SentryImportOptions> MakeOptions { get; init; }

    internal bool AllowAnyName { get; init; }

    /// <summary>Hears how far the import is, or null.</summary>
    internal ImportProgressBar? Progress { get; init; }

    /// <summary>How long to wait for others.</summary>
    internal required Patience Patience { get; init; }

    internal SchemaChoice Schema { get; init; }

    /// <summary>
    /// Creates the tables when there are none, and imports. Whatever fails, the database is then as it was, but for a resumable import, of which
    /// everything stays that it has committed.
    /// </summary>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal async Task<ImportOutcome> RunAsync(Backup backup, CancellationToken cancellationToken)
    {
        var database = await OpenDatabase.OpenAsync(Location, mayCreate: true, AllowAnyName, Patience, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var model = SentryModel.CreateForImport(Location.Engine, Version);
            var tables = new ModelTables(Schema, Location.Engine, ResumeId);
            var import = new SentryImport(Location.Engine, MakeOptions(
                (transaction, cancellation) => tables.MakeAsync(transaction, model, ModelSchema.CreateAsync, cancellation),
                AllowAnyName || database.IsNew));
            var result = await database.KeepWhatIsCommittedAsync(ResumeId, () => ImportAsync(import, database, backup, cancellationToken))
                .ConfigureAwait(false);
            return new ImportOutcome(backup, model, Scope, Location, tables.AreMade, result.Records) { ClearedKeys = result.ClearedKeys };
        }
    }

    private Task<SentryImportResult> ImportAsync(
        SentryImport import, OpenDatabase database, Backup backup, CancellationToken cancellationToken)
    {
        var connection = database.Connection;
        return Scope switch
        {
            _ when Scope == SentryScopes.User => import.ImportInUserScopeAsync(connection, backup, Filter, cancellationToken),
            _ when Scope == SentryScopes.Organization => import.ImportInOrganizationScopeAsync(connection, backup, Filter, cancellationToken),
            _ when Scope == SentryScopes.Config => import.ImportInConfigScopeAsync(connection, backup, Filter, cancellationToken),
            _ => import.ImportInGlobalScopeAsync(connection, backup, cancellationToken),
        };
    }
}

namespace Relocation.Testing.Cli.Databases;

/// <summary>Imports one backup of Sentry into one database through the rules of its models.</summary>
internal sealed class SentryDatabaseImport
{
    internal required DatabaseLocation Location { get; init; }

    internal required ImportScope Scope { get; init; }

    internal required IReadOnlySet<string>? Filter { get; init; }

    internal required SentryImportOptions Options { get; init; }

    internal SchemaChoice Schema { get; init; }

    /// <summary>
    /// Creates the tables when there are none, and imports. Whatever fails, the database is then as it was, but for a resumable import, of which
    /// everything stays that it has committed.
    /// </summary>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal async Task<ImportOutcome> RunAsync(Backup backup, CancellationToken cancellationToken)
    {
        var import = new SentryImport(Location.Engine, Options);
        var database = await OpenDatabase.OpenAsync(Location, mayCreate: true, Options.DangerouslyAllowAnyDatabaseName, cancellationToken)
            .ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var creates = await ModelTables.CreateWhenAskedAsync(database, Schema, import.Model, cancellationToken).ConfigureAwait(false);
            if (Options.IsResumable)
            {
                database.Keep();
            }

            try
            {
                var result = await ImportAsync(import, database, backup, cancellationToken).ConfigureAwait(false);
                database.Keep();
                return new ImportOutcome(backup, import.Model, Scope, Location, creates, result.Records);
            }
            catch when (creates && !database.IsNew && !Options.IsResumable)
            {
                await ModelTables.DropAsync(database, import.Model).ConfigureAwait(false);
                throw;
            }
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

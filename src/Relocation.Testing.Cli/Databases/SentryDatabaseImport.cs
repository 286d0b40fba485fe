using Relocation.Testing.Databases;

namespace Relocation.Testing.Cli.Databases;

/// <summary>Imports one backup of Sentry into one database through the rules of its models.</summary>
internal sealed class SentryDatabaseImport
{
    internal required DatabaseLocation Location { get; init; }

    internal required ImportScope Scope { get; init; }

    internal required IReadOnlySet<string>? Filter { get; init; }

    internal required SentryImportOptions Options { get; init; }

    /// <summary>Creates the tables when there are none, and imports. Tables made for a refused backup stay empty, unless the database is new.</summary>
    internal async Task<ImportOutcome> RunAsync(Backup backup, CancellationToken cancellationToken)
    {
        var import = new SentryImport(Location.Engine, Options);
        var database = await OpenDatabase.OpenAsync(Location, mayCreate: true, Options.DangerouslyAllowAnyDatabaseName, cancellationToken)
            .ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var creates = await CreateSchemaAsync(database, import.Model, cancellationToken).ConfigureAwait(false);
            var result = await ImportAsync(import, database, backup, cancellationToken).ConfigureAwait(false);
            database.Keep();
            return new ImportOutcome(backup, import.Model, Scope, Location, creates, result.Records);
        }
    }

    private static async Task<bool> CreateSchemaAsync(OpenDatabase database, RelocationModel model, CancellationToken cancellationToken)
    {
        var transaction = await database.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var existing = await ModelSchema.FindExistingAsync(transaction, model, database.Engine, cancellationToken).ConfigureAwait(false);
            if (existing.Count > 0)
            {
                return false;
            }
        }

        await ModelSchema.CreateAsync(database.Connection, model, database.Engine, cancellationToken).ConfigureAwait(false);
        return true;
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

using System.Data.Common;
using Relocation.Testing.Sentry.Catalogue;
using Relocation.Testing.Sentry.Importing;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing;

/// <summary>Imports backups as Sentry does: in one of four scopes, by the rules of each model, recorded in ledger tables.</summary>
/// <remarks>
/// Each import is one transaction, all or nothing, or, with <see cref="SentryImportOptions.IsResumable"/>, one for each chunk. The database
/// needs the tables of <see cref="SentryModel.CreateForImport"/>. An instance has no state: it may serve many imports at a time.
/// </remarks>
public sealed class SentryImport
{
    private readonly DatabaseEngine _engine;
    private readonly SentryImportOptions _options;
    private readonly Dictionary<ModelLabel, bool> _isControl;

    /// <summary>Prepares imports into one kind of database.</summary>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">How backups are imported, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    public SentryImport(DatabaseEngine engine, SentryImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _options = options ?? new SentryImportOptions();
        Model = SentryModel.CreateForImport(engine, _options.Version);
        _isControl = CatalogueReader.Read(_options.Version).Models.ToDictionary(
            model => ModelLabel.Parse(model.Key), model => model.Value.Silos.Contains(nameof(SentrySilo.Control)));
    }

    /// <summary>The model that is imported into: Sentry's, and the other tables that imports write.</summary>
    public RelocationModel Model { get; }

    /// <summary>Imports users and what they own, without the rights of administrators.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="userFilter">The names of the users to take, compared letter for letter; null takes all users, an empty set none.</param>
    /// <param name="cancellationToken">Cancels the import; the database is then as it was.</param>
    /// <exception cref="SentryImportException">The backup was refused. The database is as it was.</exception>
    /// <exception cref="ResumeRefusedException">The import was begun with another backup, model or options.</exception>
    /// <exception cref="InvalidOperationException">The import pretends to run in the Control silo, or is resumable and has no identity.</exception>
    /// <exception cref="RelocationModelException">The database lacks tables or columns of the model.</exception>
    public Task<SentryImportResult> ImportInUserScopeAsync(
        DbConnection connection, Backup backup, IReadOnlySet<string>? userFilter = null, CancellationToken cancellationToken = default) =>
        ImportAsync(connection, backup, SentryScopes.User, new FilterSettings(userFilter, null), cancellationToken);

    /// <summary>Imports organizations, their members, and what depends on these alone.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="organizationFilter">
    /// The slugs of the organizations to take, compared letter for letter; null takes all organizations, an empty set none. Users who are
    /// not members of these are left out.
    /// </param>
    /// <param name="cancellationToken">Cancels the import; the database is then as it was.</param>
    /// <exception cref="SentryImportException">The backup was refused. The database is as it was.</exception>
    /// <exception cref="ResumeRefusedException">The import was begun with another backup, model or options.</exception>
    /// <exception cref="InvalidOperationException">The import pretends to run in the Control silo, or is resumable and has no identity.</exception>
    /// <exception cref="RelocationModelException">The database lacks tables or columns of the model.</exception>
    public Task<SentryImportResult> ImportInOrganizationScopeAsync(
        DbConnection connection, Backup backup, IReadOnlySet<string>? organizationFilter = null, CancellationToken cancellationToken = default) =>
        ImportAsync(connection, backup, SentryScopes.Organization, new FilterSettings(null, organizationFilter), cancellationToken);

    /// <summary>Imports users with their rights and the instance's configuration, but no organizations.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="userFilter">The names of the users to take, compared letter for letter; null takes all users, an empty set none.</param>
    /// <param name="cancellationToken">Cancels the import; the database is then as it was.</param>
    /// <exception cref="SentryImportException">The backup was refused. The database is as it was.</exception>
    /// <exception cref="ResumeRefusedException">The import was begun with another backup, model or options.</exception>
    /// <exception cref="InvalidOperationException">The import pretends to run in the Control silo, or is resumable and has no identity.</exception>
    /// <exception cref="RelocationModelException">The database lacks tables or columns of the model.</exception>
    public Task<SentryImportResult> ImportInConfigScopeAsync(
        DbConnection connection, Backup backup, IReadOnlySet<string>? userFilter = null, CancellationToken cancellationToken = default) =>
        ImportAsync(connection, backup, SentryScopes.Config, new FilterSettings(userFilter, null), cancellationToken);

    /// <summary>
    /// Restores a whole instance: clears all tables of the model first, in the same transaction, and preserves the keys of projects.
    /// </summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Cancels the import; the database is then as it was.</param>
    /// <exception cref="SentryImportException">The backup was refused. The database is as it was.</exception>
    /// <exception cref="UnsafeDatabaseException">The database does not look like a test database. Nothing was cleared.</exception>
    /// <exception cref="InvalidOperationException">
    /// The import pretends to run in the Control silo, or its flags ask to merge or overwrite, which makes no sense after clearing.
    /// </exception>
    /// <exception cref="RelocationModelException">The database lacks tables or columns of the model.</exception>
    public Task<SentryImportResult> ImportInGlobalScopeAsync(
        DbConnection connection, Backup backup, CancellationToken cancellationToken = default) =>
        _options.Flags.MergeUsers || _options.Flags.OverwriteConfigs
            ? throw Sentry.Errors.NothingToMerge()
            : ImportAsync(connection, backup, SentryScopes.Global, new FilterSettings(null, null), cancellationToken);

    /// <summary>
    /// Imports one batch of one model in a transaction of its own. A batch that is in the ledger, by import, model and position, is not
    /// imported again: its stored result is returned.
    /// </summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Cancels the import; the database is then as it was.</param>
    /// <returns>The result of the records, or the error, in which case nothing was written.</returns>
    /// <exception cref="RelocationModelException">The database lacks tables or columns of the model.</exception>
    public Task<SentryBatchResult> ImportByModelAsync(
        DbConnection connection, SentryModelBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(batch);
        return new BatchImport(_options, Model, _engine, _isControl).RunAsync(connection, batch, cancellationToken);
    }

    private async Task<SentryImportResult> ImportAsync(
        DbConnection connection, Backup backup, ImportScope scope, FilterSettings filters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(backup);
        if (_options.Silo == SentrySilo.Control)
        {
            throw Sentry.Errors.ControlSilo();
        }

        if (_options is { IsResumable: true, Flags.ImportUuid: null })
        {
            throw Sentry.Errors.NothingToResume();
        }

        var settings = new ImportSettings(scope, _options, Model);
        var steps = new ImportSteps(settings, filters, _isControl);
        var importer = new BackupImporter(Model, _engine, SentryRules.OptionsOf(Model, settings, steps, knownKeys: null, _options.UnknownModels));
        try
        {
            var result = await importer.ImportAsync(connection, backup, cancellationToken).ConfigureAwait(false);
            return new SentryImportResult(result, steps.ImportUuid, settings);
        }
        catch (Exception exception) when (Refusals.Of(exception) is { Count: > 0 } errors)
        {
            throw new SentryImportException(exception.Message, errors, exception);
        }
    }
}

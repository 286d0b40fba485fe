using System.Data.Common;
using Relocation.Testing.Sentry.Catalogue;
using Relocation.Testing.Sentry.Exporting;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing;

/// <summary>Exports databases as Sentry does: in one of four scopes, by the rules of each model (docs/sentry-import.md, section 7).</summary>
/// <remarks>An instance has no state: it may serve many exports at a time.</remarks>
public sealed class SentryExport
{
    private readonly DatabaseEngine _engine;
    private readonly SentryExportOptions _options;
    private readonly Dictionary<ModelLabel, bool> _isControl;

    /// <summary>Prepares exports of one kind of database.</summary>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">How databases are exported, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The version is unknown; the message lists the known ones.</exception>
    public SentryExport(DatabaseEngine engine, SentryExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _options = options ?? new SentryExportOptions();
        Model = SentryModel.Create(engine, _options.Version);
        _isControl = CatalogueReader.Read(_options.Version).Models.ToDictionary(
            model => ModelLabel.Parse(model.Key), model => model.Value.Silos.Contains(nameof(SentrySilo.Control)));
    }

    /// <summary>The model that is exported.</summary>
    public RelocationModel Model { get; }

    /// <summary>Exports users and what they own, without the rights of administrators.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="destination">Where the backup goes.</param>
    /// <param name="userFilter">The names of the users to take, compared letter for letter; null takes all users, an empty set none.</param>
    /// <param name="cancellationToken">Cancels the export; no file is left.</param>
    /// <exception cref="ExportException">The database cannot be read, or the destination cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The export pretends to run in the Control silo.</exception>
    public Task<ExportResult> ExportInUserScopeAsync(
        DbConnection connection, BackupDestination destination, IReadOnlySet<string>? userFilter = null, CancellationToken cancellationToken = default) =>
        ExportAsync(connection, destination, OptionsOf(SentryScopes.User, userFilter, null), cancellationToken);

    /// <summary>Exports organizations, their members, and what depends on these alone.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="destination">Where the backup goes.</param>
    /// <param name="organizationFilter">
    /// The slugs of the organizations to take, compared letter for letter, with their members; null takes all organizations and users, an
    /// empty set none.
    /// </param>
    /// <param name="cancellationToken">Cancels the export; no file is left.</param>
    /// <exception cref="ExportException">The database cannot be read, or the destination cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The export pretends to run in the Control silo.</exception>
    public Task<ExportResult> ExportInOrganizationScopeAsync(
        DbConnection connection,
        BackupDestination destination,
        IReadOnlySet<string>? organizationFilter = null,
        CancellationToken cancellationToken = default) =>
        ExportAsync(connection, destination, OptionsOf(SentryScopes.Organization, null, organizationFilter), cancellationToken);

    /// <summary>Exports the instance's configuration, and only those users who administer it.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="destination">Where the backup goes.</param>
    /// <param name="cancellationToken">Cancels the export; no file is left.</param>
    /// <exception cref="ExportException">The database cannot be read, or the destination cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The export pretends to run in the Control silo.</exception>
    public Task<ExportResult> ExportInConfigScopeAsync(
        DbConnection connection, BackupDestination destination, CancellationToken cancellationToken = default) =>
        ExportAsync(connection, destination, OptionsOf(SentryScopes.Config, null, null), cancellationToken);

    /// <summary>Exports the whole instance.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="destination">Where the backup goes.</param>
    /// <param name="cancellationToken">Cancels the export; no file is left.</param>
    /// <exception cref="ExportException">The database cannot be read, or the destination cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The export pretends to run in the Control silo.</exception>
    public Task<ExportResult> ExportInGlobalScopeAsync(
        DbConnection connection, BackupDestination destination, CancellationToken cancellationToken = default) =>
        ExportAsync(connection, destination, OptionsOf(SentryScopes.Global, null, null), cancellationToken);

    /// <summary>Exports the records of one model. References to records of others are kept as they are.</summary>
    /// <param name="connection">An open connection of the engine that has no transaction.</param>
    /// <param name="model">The model's label.</param>
    /// <param name="scope">One of <see cref="SentryScopes"/>; null is refused.</param>
    /// <param name="destination">Where the records go; nothing is written if there is an error.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <returns>What was exported, or the error.</returns>
    public async Task<SentryModelExportResult> ExportByModelAsync(
        DbConnection connection, string model, ImportScope? scope, BackupDestination destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (RefusalOf(model, scope) is { } refusal)
        {
            return new SentryModelExportResult(refusal);
        }

        var options = new ExportOptions
        {
            Scope = scope!,
            OnlyModels = [ModelLabel.Parse(model)],
            UnexportedReferences = UnexportedReferencePolicy.Keep,
            Moments = MomentPrecision.Milliseconds,
            Indentation = _options.Indentation,
            WaitLimit = _options.WaitLimit,
            Logger = _options.Logger,
        };
        try
        {
            return new SentryModelExportResult(
                await new BackupExporter(Model, _engine, options).ExportAsync(connection, destination, cancellationToken).ConfigureAwait(false));
        }
        catch (ExportException exception)
        {
            return new SentryModelExportResult(SentryExportError.Of(exception) with { On = new InstanceId(ModelLabel.Parse(model), null) });
        }
        catch (DatabaseException exception)
        {
            return new SentryModelExportResult(SentryExportError.Of(exception) with { On = new InstanceId(ModelLabel.Parse(model), null) });
        }
    }

    private static SentryExportError Error(SentryExportErrorKind kind, string model, string reason) => new()
    {
        Kind = kind,
        On = ModelLabel.TryParse(model, out var label) ? new InstanceId(label, null) : null,
        Reason = reason,
    };

    private SentryExportError? RefusalOf(string model, ImportScope? scope)
    {
        if (!ModelLabel.TryParse(model, out var label) || Model.Find(label) is not { } entity)
        {
            return Error(SentryExportErrorKind.UnknownModel, model, Sentry.Errors.UnknownModel(model, Model.Name));
        }

        if (_options.Silo != SentrySilo.Monolith && _isControl[entity.Label] != (_options.Silo == SentrySilo.Control))
        {
            return Error(SentryExportErrorKind.IncorrectSiloModeForModel, model, Sentry.Errors.ExportedByOtherSilo(model, _options.Silo));
        }

        if (scope is null)
        {
            return Error(SentryExportErrorKind.UnspecifiedScope, model, Sentry.Errors.NoExportScope());
        }

        return entity.Scopes.Any(scope.Takes) ? null : Error(SentryExportErrorKind.UnexportableModel, model, Sentry.Errors.NotInScope(model, scope));
    }

    private Task<ExportResult> ExportAsync(
        DbConnection connection, BackupDestination destination, ExportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return _options.Silo == SentrySilo.Control
            ? throw Sentry.Errors.ControlSiloExport()
            : new BackupExporter(Model, _engine, options).ExportAsync(connection, destination, cancellationToken);
    }

    private ExportOptions OptionsOf(ImportScope scope, IReadOnlySet<string>? usernames, IReadOnlySet<string>? slugs)
    {
        var models = new Dictionary<ModelLabel, ModelExportOptions>
        {
            // A member is kept if somebody outside sent the invitation (docs/sentry-import.md, section 13.1).
            [Labels.OrganizationMember] = new()
            {
                OnUnexported = new Dictionary<string, UnexportedReferencePolicy> { ["inviter_id"] = UnexportedReferencePolicy.Keep },
            },
        };
        var rules = new List<ExportRule>();
        if (scope == SentryScopes.Global)
        {
            // The models' export rules apply in the other scopes only.
            rules.AddRange(_options.LeaveOutVolatileOptions ? [new VolatileOptionRule()] : []);
        }
        else
        {
            rules.AddRange([new UsedEmailRule(), new SnapshotRule(), new SnubaQueryRule(), new VolatileOptionRule()]);
        }

        if (usernames is not null)
        {
            models.Add(Labels.User, new ModelExportOptions { Filter = RecordFilter.In("username", usernames) });
        }

        if (slugs is not null)
        {
            models.Add(Labels.Organization, new ModelExportOptions { Filter = RecordFilter.In("slug", slugs) });
            rules.Add(new MemberRule(slugs.ToHashSet(StringComparer.Ordinal)));
        }

        if (scope == SentryScopes.Config)
        {
            rules.Add(new AdministratorRule());
        }

        return new ExportOptions
        {
            Scope = scope,
            Models = models,
            Rules = rules,
            Moments = MomentPrecision.Milliseconds,
            Indentation = _options.Indentation,
            Checkpoint = _options.Checkpoint,
            Progress = _options.Progress,
            WaitLimit = _options.WaitLimit,
            Logger = _options.Logger,
        };
    }
}

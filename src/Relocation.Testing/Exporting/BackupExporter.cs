using System.Data.Common;
using Relocation.Testing.Engines;
using Relocation.Testing.Exporting;
using Relocation.Testing.Importing.Results;

namespace Relocation.Testing;

/// <summary>Exports databases of one model as backups.</summary>
/// <remarks>
/// Records come in the order of the plan and within a model in that of their keys; the same rows give the same bytes, on every engine.
/// Rows are read below the application: query filters of a context do not hide any. An exporter holds no state of an export: one may
/// serve many at a time.
/// </remarks>
public sealed class BackupExporter
{
    private readonly DatabaseEngine _engine;
    private readonly ExportOptions _options;
    private readonly Patience? _outer;

    /// <summary>Binds a model, an engine and options together.</summary>
    /// <param name="model">The model of the database.</param>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">What to take and how, or null for the defaults.</param>
    /// <exception cref="ArgumentException"><see cref="ExportOptions.Models"/> names what the model does not have.</exception>
    /// <exception cref="RelocationModelException">Models need each other in a circle that cannot be cut.</exception>
    public BackupExporter(RelocationModel model, DatabaseEngine engine, ExportOptions? options = null)
        : this(model, engine, options, patience: null)
    {
    }

    /// <param name="model">The model of the database.</param>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">What to take and how, or null for the defaults.</param>
    /// <param name="patience">How long others are waited for where the options do not say, and who hears of it besides their log; or null.</param>
    internal BackupExporter(RelocationModel model, DatabaseEngine engine, ExportOptions? options, Patience? patience)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _options = options ?? new ExportOptions();
        _outer = patience;
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Indentation);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Indentation, 127);
        Plan = ImportPlan.For(model);
        foreach (var label in _options.OnlyModels?.Where(label => model.Find(label) is null) ?? [])
        {
            throw ExportErrors.ExportsOtherModel(label, model.Name);
        }

        foreach (var (label, changes) in _options.Models)
        {
            var entity = model.Find(label) ?? throw ExportErrors.ExportsOtherModel(label, model.Name);
            foreach (var name in changes.OnUnexported.Keys)
            {
                if (!entity.AllReferences().Any(reference => reference.Name == name || reference.Fields.Contains(name)))
                {
                    throw ExportErrors.ExportsOtherReference(label, name);
                }
            }
        }
    }

    /// <summary>The order in which models are exported.</summary>
    public ImportPlan Plan { get; }

    /// <summary>Exports a database as it is at one moment.</summary>
    /// <param name="connection">An open connection of the engine, without a transaction.</param>
    /// <param name="destination">Where the backup goes.</param>
    /// <param name="cancellationToken">Cancels the export; no file is left.</param>
    /// <exception cref="ExportException">The database cannot be read as the model says, or the destination cannot be written.</exception>
    /// <exception cref="DatabaseException">The database cannot be read now: its fault tells why.</exception>
    public Task<ExportResult> ExportAsync(DbConnection connection, BackupDestination destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return ExportAsync(connection, null, destination, cancellationToken);
    }

    /// <summary>
    /// Exports a database as a transaction of the caller's sees it. All is of one moment where the transaction reads so: always on
    /// SQLite, with the levels RepeatableRead and Serializable on PostgreSQL.
    /// </summary>
    /// <param name="transaction">A transaction of the engine.</param>
    /// <param name="destination">Where the backup goes.</param>
    /// <param name="cancellationToken">Cancels the export; no file is left.</param>
    /// <exception cref="ExportException">The database cannot be read as the model says, or the destination cannot be written.</exception>
    /// <exception cref="DatabaseException">The database cannot be read now: its fault tells why.</exception>
    public Task<ExportResult> ExportAsync(DbTransaction transaction, BackupDestination destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var connection = transaction.Connection
            ?? throw new ArgumentException("The transaction has ended. Give one that is open.", nameof(transaction));
        return ExportAsync(connection, transaction, destination, cancellationToken);
    }

    private Task<ExportResult> ExportAsync(
        DbConnection connection, DbTransaction? outer, BackupDestination destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var patience = WaitLog.PatienceOf(_options.WaitLimit, nameof(ExportOptions.WaitLimit), _options.Logger, _outer);
        return _engine.Owns(connection)
            ? _engine.TranslateAsync(
                FaultErrors.NotExported,
                () => new ExportRun(Plan, _engine, _options, patience).RunAsync(connection, outer, destination, cancellationToken),
                fault => _engine.Placed(fault, connection))
            : throw ImportErrors.WrongEngine(_engine, connection.GetType());
    }
}

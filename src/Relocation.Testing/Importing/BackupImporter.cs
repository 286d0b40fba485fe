using System.Data.Common;

namespace Relocation.Testing;

/// <summary>Imports backups into databases of one model.</summary>
public sealed class BackupImporter
{
    private readonly DatabaseEngine _engine;
    private readonly ImportOptions _options;

    /// <summary>Binds a model, an engine and options together; what can be worked out once is worked out here.</summary>
    /// <param name="model">The model of the backups and of the database.</param>
    /// <param name="engine">The kind of database.</param>
    /// <param name="options">What to take and how, or null for the defaults.</param>
    public BackupImporter(RelocationModel model, DatabaseEngine engine, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _options = options ?? new ImportOptions();
        Model = model;
    }

    /// <summary>The model.</summary>
    public RelocationModel Model { get; }

    /// <summary>Imports a backup in a transaction of its own: wholly, or not at all.</summary>
    /// <param name="connection">An open connection of the engine.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Cancels the import; the database is then as it was.</param>
    /// <exception cref="BackupFormatException">The backup cannot be read.</exception>
    /// <exception cref="ImportException">The backup does not fit the model or the database.</exception>
    public Task<ImportResult> ImportAsync(DbConnection connection, Backup backup, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{_engine.Name} {_options.Scope}");
}

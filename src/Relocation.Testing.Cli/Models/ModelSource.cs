using System.Data.Common;

namespace Relocation.Testing.Cli.Models;

/// <summary>The source of a backup's model.</summary>
internal abstract class ModelSource
{
    /// <summary>The scope if the command line names none.</summary>
    internal abstract ImportScope DefaultScope { get; }

    /// <summary>Whether the command line can name a scope.</summary>
    internal abstract bool HasScopes { get; }

    /// <summary>Creates the model for one kind of database.</summary>
    internal abstract RelocationModel CreateModel(DatabaseEngine engine);

    /// <summary>Creates the model's tables within a transaction. The database has none of them.</summary>
    internal abstract Task CreateSchemaAsync(
        DbTransaction transaction, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken);
}

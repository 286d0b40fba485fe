using System.Data.Common;

namespace Relocation.Testing.Cli.Models;

/// <summary>Where the model comes from that a backup is written for.</summary>
internal abstract class ModelSource
{
    /// <summary>Which records are taken when the command line names no scope.</summary>
    internal abstract ImportScope DefaultScope { get; }

    /// <summary>Whether the command line may name a scope.</summary>
    internal abstract bool HasScopes { get; }

    /// <summary>Makes the model for one kind of database.</summary>
    internal abstract RelocationModel CreateModel(DatabaseEngine engine);

    /// <summary>Creates the model's tables within a transaction. The database has none of them.</summary>
    internal abstract Task CreateSchemaAsync(
        DbTransaction transaction, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken);
}

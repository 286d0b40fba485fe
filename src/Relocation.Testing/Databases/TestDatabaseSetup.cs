using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Engines;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Databases;

/// <summary>The options of a test database, and what is worked out of them in one way for both kinds.</summary>
internal sealed class TestDatabaseSetup(DatabaseOptions options)
{
    internal DatabaseOptions Options { get; } = options;

    internal required Lazy<RelocationModel> Model { get; init; }

    internal Patience Patience { get; } = new(options.WaitLimit, options.Log);

    /// <summary>What the target is told.</summary>
    internal DatabaseRequest Request => new(Options.KeepDatabase, Patience)
    {
        MaxDatabases = Options.MaxDatabases,
        ConnectionsPerLease = Options.ConnectionsPerLease,
    };

    /// <summary>Adds to the baseline: the connection, and the connection string for those who open their own.</summary>
    internal Func<DbConnection, string, CancellationToken, Task>? Seed { get; init; }

    /// <summary>Makes a context that may enter, or null where there is none.</summary>
    internal Func<ContextEntrance, DbContext>? CreateContext { get; init; }

    /// <summary>How backups call the context's entities, or null where there is no context.</summary>
    internal RelocationModelOptions? ModelOptions { get; init; }

    /// <summary>The classes of the context, or null where there is none.</summary>
    internal Lazy<EntityTypes>? EntityTypes { get; init; }

    /// <summary>Finds models by label and class, for maps.</summary>
    internal EntityLookup Entities => field ??= new EntityLookup(Model.Value, EntityTypes);
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Engines;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Databases;

/// <summary>The options of both kinds of test database in one form.</summary>
internal sealed class TestDatabaseSetup
{
    internal required DatabaseTarget Target { get; init; }

    internal required Lazy<RelocationModel> Model { get; init; }

    internal required SchemaSource Schema { get; init; }

    internal required IReadOnlyList<Backup> Baseline { get; init; }

    internal required ImportOptions Import { get; init; }

    internal required ResetOptions Reset { get; init; }

    internal required bool AllowAnyName { get; init; }

    internal required bool Keep { get; init; }

    internal required int MaxDatabases { get; init; }

    internal required bool ReuseBaseline { get; init; }

    internal required string? BaselineVersion { get; init; }

    internal required Patience Patience { get; init; }

    internal required int ConnectionsPerLease { get; init; }

    internal required bool FailOnLeftovers { get; init; }

    /// <summary>What the target is told.</summary>
    internal DatabaseRequest Request => new(Keep, Patience) { MaxDatabases = MaxDatabases, ConnectionsPerLease = ConnectionsPerLease };

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

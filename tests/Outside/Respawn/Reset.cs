using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.Outside.Respawn;

/// <summary>The options that the suite has had for long. Both use them as they are.</summary>
internal static class Reset
{
    internal static RespawnerOptions Options => new()
    {
        DbAdapter = DbAdapter.Sqlite,
        TablesToIgnore = [new Table("Customers")],
    };
}

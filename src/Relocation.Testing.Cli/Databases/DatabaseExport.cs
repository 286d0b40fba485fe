using System.Data.Common;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Databases;

/// <summary>Exports one database, which is only read and may have any name.</summary>
internal static class DatabaseExport
{
    internal static async Task<ExportResult> RunAsync(
        DatabaseLocation location, Func<DbConnection, Task<ExportResult>> export, Patience patience, CancellationToken cancellationToken)
    {
        var database = await OpenDatabase.OpenAsync(location, mayCreate: false, allowAnyName: true, patience, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await export(database.Connection).ConfigureAwait(false);
        }
    }
}

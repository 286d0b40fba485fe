using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Triggers;

/// <summary>Keys that were set aside by counting on, while triggers and rules add rows to the same tables.</summary>
internal static class CountedKeys
{
    /// <summary>
    /// Moves the keys that a model's records are to get past those that others have taken meanwhile. References that are cut ask again when they are
    /// filled in; where anything else holds such keys already, it would lead to the others' rows, so that the import is refused.
    /// </summary>
    internal static async Task MoveAsync(
        KeyTable table, LayoutSet layouts, ImportTransaction transaction, Problems problems, CancellationToken cancellationToken)
    {
        await transaction.ReadMarksAgainAsync(cancellationToken).ConfigureAwait(false);
        var highest = table.Base;
        foreach (var rows in layouts.KeyTables(table.Entity))
        {
            highest = Math.Max(highest, await transaction.ReadHighWaterMarkAsync(rows, cancellationToken).ConfigureAwait(false));
        }

        if (highest > table.Base && table is { IsTold: true, Taken: > 0 })
        {
            problems.Add(
                BackupProblemKind.Collision,
                TriggerErrors.KeysTaken(table.Entity),
                new PlaceRequest(table.Records.OffsetOf(0), $"/{table.Records.ArrayIndexOf(0)}", table.Entity.Label, null));
            return;
        }

        table.Base = highest;
    }
}

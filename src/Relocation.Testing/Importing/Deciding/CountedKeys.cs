using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>Keys that were set aside by counting on, while triggers and rules add rows to the same tables.</summary>
internal static class CountedKeys
{
    /// <summary>
    /// Moves the keys that a model's records are to get past those that others have taken meanwhile. References that are cut ask again when they are
    /// filled in; where anything else holds such keys already, it would lead to the others' rows, so that the import is refused.
    /// </summary>
    internal static async Task MoveAsync(
        KeyTable table, ImportContext context, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        await transaction.ReadMarksAgainAsync(cancellationToken).ConfigureAwait(false);
        var highest = await HighestAsync(table, context, transaction, cancellationToken).ConfigureAwait(false);
        if (highest > table.Base && table is { IsTold: true, Taken: > 0 })
        {
            context.Problems.Add(
                BackupProblemKind.Collision,
                TriggerErrors.KeysTaken(table.Entity),
                table.Records.PlaceOf(0, null));
            return;
        }

        table.Base = highest;
    }

    /// <summary>The highest key that the model's tables have, or have given out.</summary>
    internal static async Task<long> HighestAsync(
        KeyTable table, ImportContext context, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var highest = table.Base;
        foreach (var rows in context.Layouts.KeyTables(table.Entity))
        {
            highest = Math.Max(highest, await transaction.ReadHighWaterMarkAsync(rows, cancellationToken).ConfigureAwait(false));
        }

        return highest;
    }
}

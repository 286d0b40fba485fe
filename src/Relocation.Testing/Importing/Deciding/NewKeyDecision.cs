using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>Gives every record of a model its new key, so that references can be followed in any order.</summary>
internal sealed class NewKeyDecision(ImportContext context, ImportTransaction transaction) : Decision
{
    private readonly HashSet<KeyTable> _handedOut = [];

    internal override async Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        var first = tables.Where(_handedOut.Add).ToList();
        foreach (var table in tables.Except(first).Where(table => table.CountsUp))
        {
            // The model has waited, and the rows of others may have taken keys meanwhile.
            await CountedKeys.MoveAsync(table, context, transaction, cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in first)
        {
            if (table.CountsUp)
            {
                table.Base = await CountedKeys.HighestAsync(table, context, transaction, cancellationToken).ConfigureAwait(false);
            }
            else if (table.Entity.Key is { Policy: KeyPolicy.Remap, Kind: RecordKeyKind.Guid })
            {
                table.SetNewKeys(await MakeGuidsAsync(table, cancellationToken).ConfigureAwait(false));
            }
        }

        await TableLoads.BeginNumbersAsync(first, context, transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Guids follow from the seed and the old keys; when an earlier import made the same ones, the next attempt's are taken.</summary>
    private async Task<RecordKey[]> MakeGuidsAsync(KeyTable table, CancellationToken cancellationToken)
    {
        var field = table.Entity.Key.Fields[0].Name;
        var keys = new RecordKey[table.Count];
        IReadOnlySet<RecordKey> taken;
        var attempt = 0;
        do
        {
            for (var rank = 0; rank < keys.Length; rank++)
            {
                keys[rank] = RecordKey.From(context.Generated.Guid(table.Entity.Label, field, table.Records.Keys[rank], attempt));
            }

            GuidOrder.Follow(table.Records.Keys, keys);
            taken = await DatabaseKeyDecision.FindAsync(table.Entity, keys, context.Layouts, transaction, cancellationToken).ConfigureAwait(false);
            attempt++;
        }
        while (taken.Count > 0);
        return keys;
    }
}

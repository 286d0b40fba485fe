using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>Finds out which values of alternate keys the rows have that records stand for: they may differ from the records' own.</summary>
internal sealed class StandInDecision(ImportContext context, ImportTransaction transaction) : Decision
{
    internal override async Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        foreach (var keys in tables.Where(table => table.Mapped > 0).SelectMany(table => table.Alternates))
        {
            await keys.FollowRowsAsync(transaction, context.Tables, context.Options.ChunkSize, cancellationToken).ConfigureAwait(false);
        }
    }
}

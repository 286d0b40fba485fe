using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>
/// Has records stand for the rows that come with the tables (<c>HasData</c>) under the same key: written as others, they would be there twice.
/// </summary>
internal sealed class SeedDecision(ImportContext context, ImportTransaction transaction) : Decision
{
    internal override async Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables.Where(table => table.Taken > 0 && table.Entity.Seeds.Count > 0))
        {
            // A policy that somebody has chosen decides itself, unless it merges too.
            if ((table.Entity.OnCollision ?? context.Options.OnCollision) is not null and not (CollisionPolicy.Merge or CollisionPolicy.Overwrite))
            {
                continue;
            }

            var asked = new Dictionary<RecordKey, int>();
            for (var rank = 0; rank < table.Count; rank++)
            {
                var key = table.Entity.Key.Policy == KeyPolicy.Remap ? table.Records.Keys[rank] : context.Tables.NewKey(table, rank);
                if (table.StateOf(rank) == RecordState.Taken && table.Entity.Seeds.ContainsKey(key))
                {
                    asked[key] = rank;
                }
            }

            var found = asked.Count == 0 ? new HashSet<RecordKey>()
                : await DatabaseKeyDecision.FindAsync(table.Entity, asked.Keys, context.Layouts, transaction, cancellationToken).ConfigureAwait(false);
            var state = (table.Entity.OnCollision ?? context.Options.OnCollision) == CollisionPolicy.Overwrite ? RecordState.Overwritten : RecordState.Existing;
            foreach (var (key, rank) in asked.Where(each => found.Contains(each.Key)))
            {
                table.MapTo(rank, key, state);
                if ((table.Entity.OnCollision ?? context.Options.OnCollision) is null)
                {
                    context.Seeds.Watch(table, rank, key);
                }
            }
        }
    }
}

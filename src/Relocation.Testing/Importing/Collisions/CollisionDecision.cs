using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Collisions;

/// <summary>Does what the policies of a model's unique sets say, for all records that are still to be inserted.</summary>
internal sealed class CollisionDecision(ImportContext context, ModelPolicies policies, DropDecision drops, ImportTransaction transaction) : Decision
{
    private readonly Dictionary<KeyTable, IReadOnlySet<RecordKey>> _before = [];

    internal override async Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            var checks = policies.ChecksOf(table.Entity);
            if (checks.Count == 0 || table.Taken + table.Mapped == 0)
            {
                continue;
            }

            var undecided = new UndecidedRecords(table, context, drops);
            if (!policies.IsLate(table.Entity))
            {
                await new RecordCollisions(undecided, transaction, checks, _before.GetValueOrDefault(table))
                    .DecideAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (checks.Any(check => check.IsAboutTriggers))
            {
                // Rows that were there before the first trigger fired are none that triggers have made.
                _before[table] = await new RecordCollisions(undecided, transaction, checks).FindRowsAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

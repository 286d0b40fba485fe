using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>Finds the records that references mean which hold other values than primary keys.</summary>
internal sealed class AlternateKeyDecision(ImportContext context) : Decision
{
    internal override Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        foreach (var reference in context.Plan.AlternateReferences)
        {
            if (context.Tables.Find(reference.Target) is { } target && target.Alternate(reference.TargetFields) is null)
            {
                var facts = context.Noted.Facts.GetValueOrDefault(target.Entity.Label);
                target.AddAlternate(reference.TargetFields, new AlternateKeys(target, reference.TargetFields, context.Layouts, facts));
            }
        }

        return Task.CompletedTask;
    }
}

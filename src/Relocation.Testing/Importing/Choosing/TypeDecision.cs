using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>Finds out of which type each record of a hierarchy is: by its label, or else by a member of its fields.</summary>
internal sealed class TypeDecision(ImportContext context, BackupIndex index) : Decision
{
    internal override Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables.Where(table => table is { Count: > 0, Entity.Types.Count: > 0 }))
        {
            var types = new byte[table.Count];
            foreach (var run in index.Runs.Where(run => run.Label == table.Entity.Label))
            {
                Decide(table, run, types, context.Noted.Facts[table.Entity.Label].Types!);
            }

            table.SetTypes(types);
        }

        return Task.CompletedTask;
    }

    private void Decide(KeyTable table, RecordRun run, byte[] types, TypeFacts named)
    {
        var entity = table.Entity;
        var label = ModelLabel.Parse(JsonText.ToText(run.Spelling));
        var ofLabel = IndexOf(entity, label);

        // The label of the root stands for all types, its own one unless the fields say otherwise.
        var isRoot = label == entity.Label || ofLabel == TypeFacts.Unknown;
        var byDefault = ofLabel == TypeFacts.Unknown && entity.Types.Count == 1 ? (byte)0 : ofLabel;
        for (var rank = run.FirstRank; rank < run.FirstRank + run.Count; rank++)
        {
            types[rank] = named[rank] == TypeFacts.Unknown ? byDefault : named[rank];
            if (types[rank] == TypeFacts.Unknown || (!isRoot && types[rank] != ofLabel))
            {
                var wrong = types[rank] == TypeFacts.Unknown ? ChildErrors.NoType(entity) : ChildErrors.TypesDiffer(entity, label);
                types[rank] = 0;
                var place = table.Records.PlaceOf(rank, context.Problems.Shown(table.Records.Keys[rank]));
                context.Problems.Add(BackupProblemKind.WrongValue, wrong, place with { Model = label });
            }
        }
    }

    private static byte IndexOf(RelocationEntity entity, ModelLabel label)
    {
        for (var type = 0; type < entity.Types.Count; type++)
        {
            if (entity.Types[type].Label == label)
            {
                return (byte)type;
            }
        }

        return TypeFacts.Unknown;
    }
}

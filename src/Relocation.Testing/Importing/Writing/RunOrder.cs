using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Writing;

/// <summary>Chooses the order in which the runs of a backup are read: the file's own where that will do, else the plan's.</summary>
internal static class RunOrder
{
    internal static IReadOnlyList<RecordRun> Choose(ImportPlan plan, BackupIndex index, KeyTables tables)
    {
        var known = index.Runs.Where(run => tables.Find(run.Label) is { Taken: > 0 } or { Mapped: > 0 }).ToList();
        if (Satisfies(plan, known))
        {
            return known;
        }

        return [.. known.OrderBy(run => RankOf(plan, run.Label)).ThenBy(run => run.FirstIndex)];
    }

    /// <summary>Whether every record comes after the records that it may refer to, but for references that are cut.</summary>
    private static bool Satisfies(ImportPlan plan, List<RecordRun> runs)
    {
        var firstRuns = new Dictionary<RelocationEntity, int>();
        var lastRuns = new Dictionary<RelocationEntity, int>();
        for (var i = 0; i < runs.Count; i++)
        {
            var entity = plan.Model.Find(runs[i].Label)!;
            firstRuns.TryAdd(entity, i);
            lastRuns[entity] = i;
        }

        foreach (var (entity, first) in firstRuns)
        {
            var cuts = plan.Find(entity.Label)!.Cuts;
            foreach (var reference in entity.References.Concat(entity.OwnedReferences()))
            {
                if (ComesLater(reference.Target, entity, first) && !cuts.Any(cut => cut.Reference == reference))
                {
                    return false;
                }
            }

            foreach (var label in entity.Dependencies)
            {
                if (ComesLater(label, entity, first))
                {
                    return false;
                }
            }
        }

        return true;

        bool ComesLater(ModelLabel label, RelocationEntity entity, int first) =>
            plan.Model.Find(label) is { } target && target != entity && lastRuns.TryGetValue(target, out var last) && last > first;
    }

    private static int RankOf(ImportPlan plan, ModelLabel label) => plan.Find(plan.Model.Find(label)!.Label)!.Rank;
}

using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Chooses the order in which the runs of a backup are read: the file's own where that will do, else the plan's.</summary>
internal static class RunOrder
{
    internal static IReadOnlyList<RecordRun> Choose(ImportPlan plan, BackupIndex index, KeyTables tables)
    {
        var known = index.Runs.Where(run => tables.Find(run.Label) is { Taken: > 0 }).ToList();
        if (Satisfies(plan, known))
        {
            return known;
        }

        return [.. known.OrderBy(run => RankOf(plan, run.Label)).ThenBy(run => run.FirstIndex)];
    }

    /// <summary>Whether every record comes after the records that it may refer to, but for references that are cut.</summary>
    private static bool Satisfies(ImportPlan plan, List<RecordRun> runs)
    {
        var last = new Dictionary<RelocationEntity, int>();
        for (var i = 0; i < runs.Count; i++)
        {
            last[plan.Model.Find(runs[i].Label)!] = i;
        }

        for (var i = 0; i < runs.Count; i++)
        {
            var entity = plan.Model.Find(runs[i].Label)!;
            var cuts = plan.Find(entity.Label)!.Cuts.Select(cut => cut.Reference).ToHashSet();
            var needs = entity.References.Concat(entity.OwnedReferences()).Where(reference => !cuts.Contains(reference)).Select(reference => reference.Target)
                .Concat(entity.Dependencies);
            if (needs.Any(label =>
                plan.Model.Find(label) is { } target && target != entity && last.TryGetValue(target, out var at) && at > i))
            {
                return false;
            }
        }

        return true;
    }

    private static int RankOf(ImportPlan plan, ModelLabel label) => plan.Find(plan.Model.Find(label)!.Label)!.Rank;
}

using Relocation.Testing.Backups;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>
/// Says after which records an import may be committed: not while a row refers to one that comes later by a foreign key that neither takes
/// null nor waits for the end.
/// </summary>
internal sealed class ChunkBoundaries
{
    private readonly int[] _openUntil;

    /// <param name="plan">The plan, which says where references are cut.</param>
    /// <param name="runs">The runs of records in the order in which they are written.</param>
    internal ChunkBoundaries(ImportPlan plan, IReadOnlyList<RecordRun> runs)
    {
        _openUntil = new int[runs.Count];
        var last = new Dictionary<RelocationEntity, int>();
        for (var i = 0; i < runs.Count; i++)
        {
            last[plan.Model.Find(runs[i].Label)!] = i;
        }

        var open = -1;
        for (var i = 0; i < runs.Count; i++)
        {
            var until = plan.Find(plan.Model.Find(runs[i].Label)!.Label)!.Cuts
                .Where(cut => cut.Kind is CutKind.Deferred or CutKind.WithinModel)
                .Select(cut => plan.Model.Find(cut.Reference.Target) is { } target ? last.GetValueOrDefault(target, -1) : -1)
                .DefaultIfEmpty(-1).Max();
            open = Math.Max(open, until);
            _openUntil[i] = open >= i ? open : -1;
        }
    }

    /// <summary>Whether the import may be committed within a run.</summary>
    internal bool AllowWithin(int run) => _openUntil[run] < 0;

    /// <summary>Whether it may be committed after the last record of a run.</summary>
    internal bool AllowAfter(int run) => _openUntil[run] <= run;
}

using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Triggers;

/// <summary>
/// Puts the records of models that refer to themselves in an order in which triggers see a row's parents when it comes. Of the records of a ring, one
/// comes before its parent.
/// </summary>
internal static class ParentsFirst
{
    /// <summary>Divides runs into pieces that follow each other in that order; most backups have it already, and their runs stay whole.</summary>
    /// <param name="runs">The runs in the order in which models come.</param>
    /// <param name="entities">The models whose rows make triggers fire.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="tables">The records.</param>
    /// <param name="content">The backup, of which what these models refer to is read once more.</param>
    /// <param name="options">The limits on what is read.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal static async Task<IReadOnlyList<RecordRun>> ArrangeAsync(
        IReadOnlyList<RecordRun> runs,
        IReadOnlyCollection<RelocationEntity> entities,
        ImportPlan plan,
        KeyTables tables,
        BackupContent content,
        ImportOptions options,
        CancellationToken cancellationToken)
    {
        var referring = entities.Where(entity => tables[entity].Count > 1)
            .Select(entity => (Entity: entity, References: ToItself(plan, entity)))
            .Where(model => model.References.Count > 0).ToList();
        if (referring.Count == 0)
        {
            return runs;
        }

        var facts = referring.ToDictionary(model => model.Entity.Label, model => FactsRequest.Of(plan.Model, model.Entity, model.References));
        await BackupIndexer.IndexAsync(
            content, plan.Model, facts.ToDictionary(fact => fact.Key, fact => (RecordObserver)fact.Value), options.Limits, includeValues: false, null, cancellationToken)
            .ConfigureAwait(false);
        var arranged = new List<RecordRun>(runs.Count);
        var done = new HashSet<RelocationEntity>();
        foreach (var run in runs)
        {
            var entity = plan.Model.Find(run.Label)!;
            if (!facts.TryGetValue(entity.Label, out var noted))
            {
                arranged.Add(run);
            }
            else if (done.Add(entity))
            {
                // All of a model's records come where its first ones would.
                arranged.AddRange(Pieces(
                    tables[entity], [.. runs.Where(other => plan.Model.Find(other.Label) == entity)], Order(tables[entity], ToItself(plan, entity), noted)));
            }
        }

        return arranged;
    }

    /// <summary>Whether records of a model may refer to others of it.</summary>
    internal static bool RefersToItself(ImportPlan plan, RelocationEntity entity) => ToItself(plan, entity).Count > 0;

    private static List<RelocationReference> ToItself(ImportPlan plan, RelocationEntity entity) =>
        [.. entity.References.Where(reference => plan.Model.Find(reference.Target) == entity)];

    /// <summary>The records, each after its parents; null where the backup's order is one that will do.</summary>
    private static int[]? Order(KeyTable table, List<RelocationReference> references, FieldFacts facts)
    {
        var states = references.ConvertAll(reference => new ReferenceState(table.Entity, reference, table, UnresolvedReferencePolicy.Drop));
        var parents = new int[table.Count][];
        var isOrdered = true;
        for (var rank = 0; rank < parents.Length; rank++)
        {
            var above = new List<int>(states.Count);
            foreach (var state in states)
            {
                state.ReadParts(table, rank, facts);
                if (state.OldKey() is { } key && state.Find(key, out var parent) is null && parent >= 0 && parent != rank)
                {
                    above.Add(parent);
                    isOrdered &= parent < rank;
                }
            }

            parents[rank] = [.. above];
        }

        return isOrdered ? null : InOrder(parents);
    }

    /// <summary>As the backup has them, but that what stands above a record and has not come yet comes right before it.</summary>
    /// <param name="parents">For each record those that it refers to.</param>
    internal static int[] InOrder(int[][] parents)
    {
        var order = new List<int>(parents.Length);
        var next = new int[parents.Length];
        var isEntered = new bool[parents.Length];
        var path = new Stack<int>();
        for (var rank = 0; rank < parents.Length; rank++)
        {
            Enter(rank);
            while (path.TryPeek(out var current))
            {
                if (next[current] < parents[current].Length)
                {
                    // A parent that was entered and has not come stands in a ring with this record.
                    Enter(parents[current][next[current]++]);
                }
                else
                {
                    order.Add(path.Pop());
                }
            }
        }

        return [.. order];

        void Enter(int rank)
        {
            if (!isEntered[rank])
            {
                isEntered[rank] = true;
                path.Push(rank);
            }
        }
    }

    private static IEnumerable<RecordRun> Pieces(KeyTable table, IReadOnlyList<RecordRun> runs, int[]? order)
    {
        if (order is null)
        {
            return runs;
        }

        var pieces = new List<RecordRun>();
        var runOf = new RecordRun[order.Length];
        foreach (var run in runs)
        {
            Array.Fill(runOf, run, run.FirstRank, run.Count);
        }

        for (var at = 0; at < order.Length;)
        {
            var (first, run) = (order[at], runOf[order[at]]);
            var count = 1;
            while (at + count < order.Length && order[at + count] == first + count && runOf[first + count] == run)
            {
                count++;
            }

            at += count;
            pieces.Add(run with
            {
                FirstIndex = table.Records.ArrayIndexOf(first),
                FirstRank = first,
                Count = count,
                Offset = table.Records.OffsetOf(first),
                Length = RecordRun.UnknownLength,
            });
        }

        return pieces;
    }
}

using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Reports;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>Gives one side's records their positions (docs/sentry-import.md, section 8.5, steps 1 to 5).</summary>
internal sealed class OrderBuilder(
    RelocationModel? model,
    ComparatorMap map,
    BackupIndex index,
    IReadOnlyDictionary<ModelLabel, OrdinalObserver> observers,
    bool isLeft,
    List<SideProblem> problems)
{
    private static readonly Comparer<RecordKey?[]> ByValues = Comparer<RecordKey?[]>.Create(Compare);

    private readonly Dictionary<ModelLabel, Dictionary<RecordKey, int>> _ranks = [];
    private readonly HashSet<ModelLabel> _open = [];

    internal ModelOrder Build(ModelRecords records)
    {
        if (observers.TryGetValue(records.Label, out var observer))
        {
            return Sorted(records, observer.Values, observer.Rule);
        }

        if (PairsByKey(records))
        {
            var keys = Enumerable.Range(0, records.Count).Select(rank => PartsOf(records, records.Keys[rank])).ToList();
            return Sorted(records, keys, new OrdinalRule([]));
        }

        CheckOrder(records);
        return new ModelOrder(records, null);
    }

    /// <summary>Keys that an import keeps or makes of references pair records better than positions do.</summary>
    private bool PairsByKey(ModelRecords records)
    {
        return model?.Find(records.Label)?.Key.Policy is { } policy ? policy != KeyPolicy.Remap : !records.Keys.IsInteger;
    }

    private void CheckOrder(ModelRecords records)
    {
        if (records.Keys.IsInteger)
        {
            var largest = long.MinValue;
            for (var rank = 0; rank < records.Count; rank++)
            {
                var key = records.Keys.Integers[rank];
                if (rank > 0 && key <= largest)
                {
                    AddUnordered(records, rank, $"key {key} does not come after {largest}");
                }

                largest = Math.Max(largest, key);
            }

            return;
        }

        var seen = new HashSet<RecordKey>();
        for (var rank = 0; rank < records.Count; rank++)
        {
            if (!seen.Add(records.Keys[rank]))
            {
                AddUnordered(records, rank, "a record before has the same key");
            }
        }
    }

    private void AddUnordered(ModelRecords records, int rank, string what) => problems.Add(new SideProblem(
        FindingKind.UnorderedInput, records.Label, rank, rank + 1, $"the {Side} records of `{records.Label}` are not in ascending order of keys: {what}"));

    private string Side => isLeft ? "left" : "right";

    private ModelOrder Sorted(ModelRecords records, IReadOnlyList<RecordKey?[]?> values, OrdinalRule rule)
    {
        var byFile = new List<int>();
        var byValues = new SortedDictionary<RecordKey?[], int>(ByValues);
        for (var rank = 0; rank < records.Count; rank++)
        {
            if (values[rank] is not { } own)
            {
                byFile.Add(rank);
                continue;
            }

            var resolved = rule.Fields.Count == 0 ? own : Resolve(records.Label, rule, own);
            if (byValues.TryAdd(resolved, rank) || rule.LastWins)
            {
                byValues[resolved] = rank;
            }
            else
            {
                var fields = rule.Fields.Count == 0 ? "key" : string.Join(", ", rule.Fields);
                problems.Add(new SideProblem(
                    FindingKind.DuplicateCustomOrdinal,
                    records.Label,
                    rank,
                    null,
                    $"the {Side} records of `{records.Label}` hold the same {fields} more than once"));
            }
        }

        return new ModelOrder(records, [.. byFile, .. byValues.Values], rule.LastWins);
    }

    /// <summary>References stand for what orders the records that they lead to.</summary>
    private RecordKey?[] Resolve(ModelLabel label, OrdinalRule rule, RecordKey?[] values)
    {
        var entity = model?.Find(label);
        var resolved = new List<RecordKey?>(values.Length);
        for (var part = 0; part < values.Length; part++)
        {
            var reference = entity?.References.FirstOrDefault(candidate => candidate.Fields.Count == 1 && candidate.Fields[0] == rule.Fields[part]);
            if (values[part] is { } key && reference is not null)
            {
                AddReferred(resolved, reference.Target, key);
            }
            else
            {
                resolved.Add(values[part]);
            }
        }

        return [.. resolved];
    }

    private RecordKey?[] PartsOf(ModelRecords records, RecordKey key)
    {
        var entity = model?.Find(records.Label);
        var parts = new List<RecordKey?>();
        for (var part = 0; part < key.Parts.Count; part++)
        {
            var name = entity is not null && part < entity.Key.Fields.Count ? entity.Key.Fields[part].Name : null;
            var reference = entity?.References.FirstOrDefault(candidate => candidate.Fields.Count == 1 && candidate.Fields[0] == name);
            if (reference is null)
            {
                parts.Add(key.Parts[part]);
            }
            else
            {
                AddReferred(parts, reference.Target, key.Parts[part]);
            }
        }

        return [.. parts];
    }

    private void AddReferred(List<RecordKey?> parts, ModelLabel target, RecordKey key)
    {
        var records = index.Find(target);
        var rank = records is null ? -1 : RankOf(records, key);
        if (records is null || rank < 0 || !_open.Add(records.Label))
        {
            parts.Add(key);
            return;
        }

        if (map.OrdinalOf(records.Label) is { } rule && observers[records.Label].Values[rank] is { } values)
        {
            parts.AddRange(Resolve(records.Label, rule, values));
        }
        else if (PairsByKey(records))
        {
            parts.AddRange(PartsOf(records, key));
        }
        else
        {
            parts.Add(RecordKey.From(rank));
        }

        _open.Remove(records.Label);
    }

    private int RankOf(ModelRecords records, RecordKey key)
    {
        if (!_ranks.TryGetValue(records.Label, out var ranks))
        {
            ranks = new Dictionary<RecordKey, int>(records.Count);
            for (var rank = 0; rank < records.Count; rank++)
            {
                ranks.TryAdd(records.Keys[rank], rank);
            }

            _ranks.Add(records.Label, ranks);
        }

        return ModelOrder.RankOf(ranks, key);
    }

    private static int Compare(RecordKey?[]? left, RecordKey?[]? right)
    {
        var (lefts, rights) = (left ?? [], right ?? []);
        for (var part = 0; part < Math.Min(lefts.Length, rights.Length); part++)
        {
            var order = (lefts[part], rights[part]) switch
            {
                (null, null) => 0,
                (null, _) => -1,
                (_, null) => 1,
                ({ } one, { } other) => one.CompareTo(other),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return lefts.Length.CompareTo(rights.Length);
    }
}

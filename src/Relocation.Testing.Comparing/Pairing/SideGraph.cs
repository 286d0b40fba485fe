using System.Runtime.InteropServices;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>One side's records as numbers: what each holds but for its references, and which records those lead to.</summary>
/// <remarks>Records are numbered through, model by model, each model's by rank.</remarks>
internal sealed class SideGraph
{
    private readonly Dictionary<ModelLabel, int> _bases = [];
    private readonly List<(int Source, int Path, int Target)> _references = [];
    private readonly ComparedSide _side;
    private RecordEdge[] _from = [];
    private int[] _fromStarts = [];
    private RecordEdge[] _to = [];
    private int[] _toStarts = [];

    internal SideGraph(ComparedSide side)
    {
        _side = side;
        foreach (var records in side.Index.Models)
        {
            _bases.Add(records.Label, Count);
            Count += records.Count;
        }

        Contents = new ulong[Count];
        IsLeftOut = new bool[Count];
    }

    internal int Count { get; }

    /// <summary>What each record holds, without its references and without a key that is only a number.</summary>
    internal ulong[] Contents { get; }

    /// <summary>The records that are not paired: replaced by later ones, or folded into other records.</summary>
    internal bool[] IsLeftOut { get; }

    /// <summary>By model, for each set of fields that is a record's own and each rank the values, or 0 where the record does not have all of them.</summary>
    internal Dictionary<ModelLabel, ulong[][]> Sets { get; } = [];

    /// <summary>The parts of natural keys that are no references, by record.</summary>
    internal Dictionary<ModelLabel, ulong[]> Keys { get; } = [];

    internal ModelRecords? RecordsOf(ModelLabel model) => _side.Index.Find(model);

    internal int BaseOf(ModelLabel model) => _bases.GetValueOrDefault(model, -1);

    internal int NodeOf(ModelLabel model, RecordKey key) =>
        _side.OrderOf(model) is { } order && order.RankOf(key) is >= 0 and var rank ? _bases[model] + rank : -1;

    internal void Add(int source, int path, int target) => _references.Add((source, path, target));

    /// <summary>Sorts the references by record, at both ends.</summary>
    internal void Complete()
    {
        (_from, _fromStarts) = Sorted(reference => (reference.Source, new RecordEdge(reference.Path, reference.Target)));
        (_to, _toStarts) = Sorted(reference => (reference.Target, new RecordEdge(reference.Path, reference.Source)));
        _references.Clear();
        _references.TrimExcess();
    }

    /// <summary>The records that a record refers to.</summary>
    internal ReadOnlySpan<RecordEdge> From(int node) => _from.AsSpan(_fromStarts[node].._fromStarts[node + 1]);

    /// <summary>The records that refer to a record.</summary>
    internal ReadOnlySpan<RecordEdge> To(int node) => _to.AsSpan(_toStarts[node].._toStarts[node + 1]);

    private (RecordEdge[] Edges, int[] Starts) Sorted(Func<(int Source, int Path, int Target), (int Node, RecordEdge Edge)> end)
    {
        var starts = new int[Count + 1];
        var references = CollectionsMarshal.AsSpan(_references);
        foreach (var reference in references)
        {
            starts[end(reference).Node + 1]++;
        }

        for (var node = 0; node < Count; node++)
        {
            starts[node + 1] += starts[node];
        }

        var edges = new RecordEdge[references.Length];
        var next = starts.AsSpan(..Count).ToArray();
        foreach (var reference in references)
        {
            var (node, edge) = end(reference);
            edges[next[node]++] = edge;
        }

        return (edges, starts);
    }
}

using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing;

/// <summary>Numbers the rows of members, in each table above the highest number that it has.</summary>
internal sealed class RowNumbers
{
    private readonly Dictionary<RelocationEntity, long> _last = [];

    /// <summary>Adds the last number given out in each table.</summary>
    internal void AddTo(List<CounterValue> counters)
    {
        foreach (var (table, last) in _last)
        {
            counters.Add(new CounterValue(table, last));
        }
    }

    internal void Begin(RelocationEntity table, long highest) => _last.TryAdd(table, highest);

    internal long Next(RelocationEntity table) => ++_last[table];
}

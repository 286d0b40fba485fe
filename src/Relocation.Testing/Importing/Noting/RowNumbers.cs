using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Importing.Noting;

/// <summary>Numbers the rows of members, in each table above the highest number that it has.</summary>
internal sealed class RowNumbers
{
    private readonly Dictionary<Table, long> _last = [];

    /// <summary>Adds the last number given out in each table.</summary>
    internal void AddTo(List<CounterValue> counters)
    {
        foreach (var (table, last) in _last)
        {
            counters.Add(new CounterValue(table, last));
        }
    }

    internal void Begin(Table table, long highest) => _last.TryAdd(table, highest);

    internal long Next(Table table) => ++_last[table];
}

namespace Relocation.Testing.Importing;

/// <summary>Numbers the rows of members, in each table above the highest number that it has.</summary>
internal sealed class RowNumbers
{
    private readonly Dictionary<RelocationEntity, long> _last = [];

    /// <summary>The tables and the last number given out in each.</summary>
    internal IEnumerable<KeyValuePair<RelocationEntity, long>> Last => _last;

    internal void Begin(RelocationEntity table, long highest) => _last.TryAdd(table, highest);

    internal long Next(RelocationEntity table) => ++_last[table];
}

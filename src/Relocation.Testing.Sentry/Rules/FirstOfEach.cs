namespace Relocation.Testing.Sentry.Rules;

/// <summary>Remembers, for one rule and one import, the first record of each unique value.</summary>
internal sealed class FirstOfEach<TKey>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, ChunkRecord> _first = new(comparer);

    /// <summary>Lets a record stand for the row of an earlier one with the same value, if there is one.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool MapToEarlier(ChunkRecord record, TKey value)
    {
        if (_first.TryAdd(value, record))
        {
            return false;
        }

        record.MapTo(_first[value]);
        return true;
    }
}

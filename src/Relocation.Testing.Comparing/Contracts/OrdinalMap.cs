namespace Relocation.Testing;

/// <summary>The positions of one side's records, by their keys.</summary>
public abstract class OrdinalMap
{
    /// <summary>The position of a record among its model's records, from 1, or null when the side does not hold it.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="key">The record's key.</param>
    public abstract int? Find(ModelLabel model, RecordKey key);

    /// <summary>A map of given positions.</summary>
    /// <param name="records">Each record's model, key and position.</param>
    /// <exception cref="ArgumentException">A record occurs twice.</exception>
    public static OrdinalMap Of(IEnumerable<(ModelLabel Model, RecordKey Key, int Ordinal)> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new Given(records.ToDictionary(record => (record.Model, record.Key), record => record.Ordinal));
    }

    private sealed class Given(Dictionary<(ModelLabel Model, RecordKey Key), int> ordinals) : OrdinalMap
    {
        public override int? Find(ModelLabel model, RecordKey key) => ordinals.TryGetValue((model, key), out var ordinal) ? ordinal : null;
    }
}

using Relocation.Testing.Keys;

namespace Relocation.Testing;

/// <summary>Which row of the database every record of a backup became: the pk map (import specification, section 4).</summary>
public sealed class PrimaryKeyMap
{
    private readonly Dictionary<ModelLabel, ModelKeys> _byModel;
    private readonly Dictionary<ModelLabel, Dictionary<RecordKey, int>> _indexes = [];
    private readonly Lock _indexLock = new();

    internal PrimaryKeyMap(IReadOnlyList<ModelKeys> models)
    {
        ModelKeys = models;
        Models = [.. models.Select(model => model.Model)];
        _byModel = models.ToDictionary(model => model.Model);
    }

    /// <summary>The models with at least one entry, in the order of the plan that made the map.</summary>
    public IReadOnlyList<ModelLabel> Models { get; }

    /// <summary>How many records the map holds.</summary>
    public int Count => ModelKeys.Sum(model => model.Count);

    internal IReadOnlyList<ModelKeys> ModelKeys { get; }

    /// <summary>The row that a record became, if it was imported.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <param name="mapping">The row.</param>
    public bool TryGet(ModelLabel model, RecordKey oldKey, out KeyMapping mapping)
    {
        if (_byModel.TryGetValue(model, out var keys) && IndexOf(keys).TryGetValue(oldKey, out var index))
        {
            mapping = MappingAt(keys, index);
            return true;
        }

        mapping = default;
        return false;
    }

    /// <summary>All entries of a model, by old key; none when the map does not know the model.</summary>
    /// <param name="model">The model.</param>
    public IEnumerable<KeyMapping> Of(ModelLabel model)
    {
        if (!_byModel.TryGetValue(model, out var keys))
        {
            return [];
        }

        return Order(keys).Select(index => MappingAt(keys, index));
    }

    /// <summary>Indexes of the entries, by old key.</summary>
    internal static int[] Order(ModelKeys keys)
    {
        var order = new int[keys.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) => keys.Old[left].CompareTo(keys.Old[right]));
        return order;
    }

    private static KeyMapping MappingAt(ModelKeys keys, int index) =>
        new(keys.Model, keys.Old[index], keys.New[index], keys.KindAt(index));

    private Dictionary<RecordKey, int> IndexOf(ModelKeys keys)
    {
        lock (_indexLock)
        {
            if (!_indexes.TryGetValue(keys.Model, out var index))
            {
                index = new Dictionary<RecordKey, int>(keys.Count);
                for (var i = 0; i < keys.Count; i++)
                {
                    index[keys.Old[i]] = i;
                }

                _indexes.Add(keys.Model, index);
            }

            return index;
        }
    }
}

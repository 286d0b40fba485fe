namespace Relocation.Testing.Benchmarks.Model;

/// <summary>Old to new keys, a dictionary per model.</summary>
/// <param name="highest">The highest key of each model's table before the import.</param>
public sealed class RowKeys(IReadOnlyDictionary<Type, long> highest)
{
    private readonly Dictionary<Type, Dictionary<long, long>> _keys = highest.Keys.ToDictionary(type => type, _ => new Dictionary<long, long>());

    /// <summary>Gives a record its new key.</summary>
    public long New<T>(long old)
    {
        var keys = _keys[typeof(T)];
        var key = highest[typeof(T)] + keys.Count + 1;
        keys.Add(old, key);
        return key;
    }

    /// <summary>The new key of a record that is referred to.</summary>
    public long Of<T>(long old) => _keys[typeof(T)][old];

    /// <summary>The new key of a record that is referred to, if any.</summary>
    public long? Of<T>(long? old) => old is { } key ? _keys[typeof(T)][key] : null;
}

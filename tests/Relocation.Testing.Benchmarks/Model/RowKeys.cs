namespace Relocation.Testing.Benchmarks.Model;

/// <summary>Old to new keys, a dictionary per model.</summary>
/// <param name="highest">The key after which each model's new keys begin, or null where the store hands keys out.</param>
public sealed class RowKeys(IReadOnlyDictionary<Type, long>? highest)
{
    private readonly Dictionary<Type, Dictionary<long, long>> _keys = [];
    private long _temporary;

    /// <summary>Gives a record its new key; a negative stand-in where the store hands keys out.</summary>
    public long New<T>(long old)
    {
        var keys = Of(typeof(T));
        var key = highest is null ? --_temporary : highest[typeof(T)] + keys.Count + 1;
        keys.Add(old, key);
        return key;
    }

    /// <summary>The new key of a record that is referred to.</summary>
    public long Of<T>(long old) => Of(typeof(T))[old];

    /// <summary>The new key of a record that is referred to, if any.</summary>
    public long? Of<T>(long? old) => old is { } key ? Of<T>(key) : null;

    /// <summary>Replaces a stand-in by the key that the store gave.</summary>
    public void Set(Type type, long old, long key) => Of(type)[old] = key;

    private Dictionary<long, long> Of(Type type) => _keys.TryGetValue(type, out var keys) ? keys : _keys[type] = [];
}

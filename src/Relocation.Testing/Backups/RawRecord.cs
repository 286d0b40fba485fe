using System.Text.Json;

namespace Relocation.Testing;

/// <summary>Some fields of a record as the backup has them.</summary>
public sealed class RawRecord
{
    private readonly IReadOnlyDictionary<string, JsonElement> _fields;

    internal RawRecord(ModelLabel model, RecordKey key, int index, IReadOnlyDictionary<string, JsonElement> fields)
    {
        Model = model;
        Key = key;
        Index = index;
        _fields = fields;
    }

    /// <summary>The record's label in the backup.</summary>
    public ModelLabel Model { get; }

    /// <summary>The record's key in the backup.</summary>
    public RecordKey Key { get; }

    /// <summary>The record's position in the backup's array, from 0.</summary>
    public int Index { get; }

    /// <summary>A field's value, or null when the record lacks it or it was not asked for.</summary>
    /// <param name="field">The field's name in the backup.</param>
    public JsonElement? this[string field] => _fields.TryGetValue(field, out var value) ? value : null;
}

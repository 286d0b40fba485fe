using System.Collections.ObjectModel;
using System.Text.Json;

namespace Relocation.Testing.Backups;

/// <summary>Keeps a few fields of one label's records as they are.</summary>
internal sealed class RawFieldValues(string[] wanted) : RecordObserver
{
    /// <summary>A record that has none of the fields has no dictionary, as most have none.</summary>
    private readonly List<Dictionary<string, JsonElement>?> _records = [];

    /// <summary>The fields of a record by its position.</summary>
    internal IReadOnlyDictionary<string, JsonElement> this[int rank] =>
        _records[rank] ?? (IReadOnlyDictionary<string, JsonElement>)ReadOnlyDictionary<string, JsonElement>.Empty;

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        Dictionary<string, JsonElement>? kept = null;
        var reader = new Utf8JsonReader(fields);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = WantedName(ref reader);
            reader.Read();
            if (name is null)
            {
                reader.Skip();
            }
            else
            {
                kept ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                kept[name] = JsonElement.ParseValue(ref reader);
            }
        }

        _records.Add(kept);
    }

    /// <summary>The name that the reader stands at, if its value is wanted.</summary>
    private string? WantedName(ref Utf8JsonReader reader)
    {
        foreach (var name in wanted)
        {
            if (reader.ValueTextEquals(name))
            {
                return name;
            }
        }

        return null;
    }
}

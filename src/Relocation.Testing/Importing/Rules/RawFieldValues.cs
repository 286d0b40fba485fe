using System.Text.Json;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Keeps a few fields of one label's records as they are.</summary>
internal sealed class RawFieldValues(IReadOnlyCollection<string> wanted) : RecordObserver
{
    private readonly List<Dictionary<string, JsonElement>> _records = [];

    /// <summary>The fields of a record by its position.</summary>
    internal IReadOnlyDictionary<string, JsonElement> this[int rank] => _records[rank];

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        var kept = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(fields);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (wanted.Contains(name))
            {
                kept[name] = JsonElement.ParseValue(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        _records.Add(kept);
    }
}

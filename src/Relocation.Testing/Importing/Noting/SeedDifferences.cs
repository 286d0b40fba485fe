using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Noting;

/// <summary>
/// Compares the records that stand for rows that came with the tables (<c>HasData</c>) with these rows, which are kept: what a record says
/// otherwise would be lost without a word. Values that have one form only are compared.
/// </summary>
internal sealed class SeedDifferences
{
    private readonly Dictionary<(ModelLabel Model, int Rank), (RecordKey Key, IReadOnlyDictionary<string, object?> Row)> _watched = [];
    private readonly Dictionary<ModelLabel, SortedDictionary<int, RecordKey>> _found = [];

    /// <summary>The keys of records that differ, in the backup's order, by model.</summary>
    internal IEnumerable<(ModelLabel Model, IReadOnlyList<RecordKey> Keys)> Found =>
        _found.OrderBy(found => found.Key).Select(found => (found.Key, (IReadOnlyList<RecordKey>)[.. found.Value.Values]));

    /// <summary>Has a record compared when its fields are read.</summary>
    internal void Watch(KeyTable table, int rank, RecordKey key) => _watched[(table.Entity.Label, rank)] = (key, table.Entity.Seeds[key]);

    /// <summary>Compares a record, if it is one of those.</summary>
    /// <param name="table">The model's records.</param>
    /// <param name="rank">The record.</param>
    /// <param name="fields">The raw JSON of its fields, with braces.</param>
    internal void Compare(KeyTable table, int rank, ReadOnlySpan<byte> fields)
    {
        if (_watched.Count == 0 || !_watched.TryGetValue((table.Entity.Label, rank), out var seed) || seed.Row.Count == 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(fields);
        var record = JsonElement.ParseValue(ref reader);
        if (seed.Row.Any(value => Differs(table.Entity.Fields.FirstOrDefault(field => field.Name == value.Key), value.Value, record)))
        {
            if (!_found.TryGetValue(table.Entity.Label, out var keys))
            {
                _found.Add(table.Entity.Label, keys = []);
            }

            keys[rank] = seed.Key;
        }
    }

    private static bool Differs(RelocationField? field, object? stored, JsonElement record)
    {
        var name = field is null ? null : field.Aliases.Prepend(field.Name).FirstOrDefault(name => record.TryGetProperty(name, out _));
        if (name is null)
        {
            return false;
        }

        var said = record.GetProperty(name);
        return (stored, said.ValueKind) switch
        {
            (null, _) => said.ValueKind != JsonValueKind.Null,
            (_, JsonValueKind.Null) => true,
            (string text, JsonValueKind.String) => said.GetString() != text,
            (bool flag, JsonValueKind.True or JsonValueKind.False) => said.GetBoolean() != flag,
            (IConvertible number, JsonValueKind.Number or JsonValueKind.String) when number is not (string or bool) =>
                decimal.TryParse(
                    said.ValueKind == JsonValueKind.String ? said.GetString() : said.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var other)
                && other != number.ToDecimal(CultureInfo.InvariantCulture),

            // Other forms of a value are an import's to read; what is not understood here is no difference.
            _ => false,
        };
    }
}

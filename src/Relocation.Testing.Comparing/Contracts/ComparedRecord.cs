using System.Text;
using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Reports;

namespace Relocation.Testing;

/// <summary>One side's record in a comparison. It is valid while its comparison lasts.</summary>
public sealed class ComparedRecord
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly int _maxDepth;
    private readonly List<ScrubbedField> _scrubbed;
    private JsonDocument? _document;

    /// <param name="model">The record's model.</param>
    /// <param name="ordinal">Its position, from 1.</param>
    /// <param name="pk">Its key.</param>
    /// <param name="fields">The raw JSON of its fields.</param>
    /// <param name="maxDepth">How deep values may be nested.</param>
    /// <param name="scrubbed">An empty list that is no one else's while the record is in use, or null for one of its own.</param>
    internal ComparedRecord(
        ModelLabel model, int ordinal, RecordKey pk, ReadOnlyMemory<byte> fields, int maxDepth, List<ScrubbedField>? scrubbed = null)
    {
        (Model, Ordinal, Pk, _json, _maxDepth) = (model, ordinal, pk, fields, maxDepth);
        _scrubbed = scrubbed ?? [];
    }

    /// <summary>The record's model.</summary>
    public ModelLabel Model { get; }

    /// <summary>The record's position among its model's records on this side, from 1.</summary>
    public int Ordinal { get; }

    /// <summary>The record's key on this side.</summary>
    public RecordKey Pk { get; }

    /// <summary>The record's fields: an object.</summary>
    public JsonElement Fields => Document.RootElement;

    /// <summary>
    /// What comparators took out of the fields, by <c>Kind::field</c>: a mark or a shortened value, or null where the field was null.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Scrubbed => _scrubbed
        .DistinctBy(scrubbed => (scrubbed.By.Kind, scrubbed.Field))
        .ToDictionary(scrubbed => $"{scrubbed.By.Kind}::{scrubbed.Field}", scrubbed => scrubbed.Shown(this));

    /// <summary>The raw JSON of the fields.</summary>
    internal ReadOnlySpan<byte> Json => _json.Span;

    private JsonDocument Document => _document ??= JsonDocument.Parse(_json, new JsonDocumentOptions { MaxDepth = _maxDepth });

    /// <summary>Reads a record, for tests of comparators.</summary>
    /// <param name="json">The record as a backup holds it.</param>
    /// <param name="ordinal">Its position, from 1.</param>
    /// <exception cref="ArgumentException">The text is not a record: it is not JSON, or lacks a model, a key or fields.</exception>
    public static ComparedRecord FromJson(string json, int ordinal)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentOutOfRangeException.ThrowIfLessThan(ordinal, 1);
        try
        {
            using var document = JsonDocument.Parse(json);
            var record = document.RootElement;
            var key = JsonKey.Read(Encoding.UTF8.GetBytes(record.GetProperty("pk").GetRawText()));
            var fields = record.GetProperty("fields");
            if (fields.ValueKind != JsonValueKind.Object)
            {
                throw ComparisonErrors.NoComparableRecord(nameof(json), null);
            }

            CheckText(record);
            var raw = Encoding.UTF8.GetBytes(fields.GetRawText());
            return new ComparedRecord(ModelLabel.Parse(record.GetProperty("model").GetString()!), ordinal, key, raw, BackupLimits.Default.MaxDepth);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw ComparisonErrors.NoComparableRecord(nameof(json), exception);
        }
    }

    /// <summary>The value of a field that is there and not null.</summary>
    /// <param name="field">The field's name; dots lead into objects.</param>
    /// <param name="value">The value.</param>
    public bool TryGetField(string field, out JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return TryFind(field, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Takes a field out of what is left to compare as JSON.</summary>
    /// <param name="by">The comparator that looked at it.</param>
    /// <param name="field">The field's name; dots lead into objects.</param>
    public void Scrub(RecordComparator by, string field)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(field);
        _scrubbed.Add(new ScrubbedField(by, field));
    }

    /// <summary>Whether a field is there, be it null.</summary>
    internal bool TryFind(string field, out JsonElement value) => TryFind(Fields, field, out value);

    /// <summary>Whether a member of an object is there, be it null; dots lead into objects.</summary>
    internal static bool TryFind(JsonElement holder, string field, out JsonElement value)
    {
        if (holder.TryGetProperty(field, out value))
        {
            return true;
        }

        value = holder;
        var rest = field.AsSpan();
        for (var dot = rest.IndexOf('.'); dot >= 0; dot = rest.IndexOf('.'))
        {
            if (!value.TryGetProperty(rest[..dot], out value) || value.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            rest = rest[(dot + 1)..];
        }

        return rest.Length < field.Length && value.TryGetProperty(rest, out value);
    }

    /// <summary>The items of a list, or none.</summary>
    internal IEnumerable<JsonElement> ListAt(string path) =>
        TryFind(path, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>The values at a path whose dots lead into objects and into every object of lists.</summary>
    internal IEnumerable<JsonElement> ValuesAt(string path) => TryFind(path, out var value) ? Items(value) : ValuesAt(Fields, path.Split('.'), 0);

    /// <summary>Whether a comparator took the field.</summary>
    internal bool IsScrubbed(ReadOnlySpan<byte> name)
    {
        foreach (var scrubbed in _scrubbed)
        {
            if (Ascii.IsValid(name) ? Ascii.Equals(name, scrubbed.Field) : Encoding.UTF8.GetString(name) == scrubbed.Field)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fields that comparators took.</summary>
    internal HashSet<string> ScrubbedFields() => [.. _scrubbed.Select(scrubbed => scrubbed.Field)];

    /// <summary>Gives back what was rented.</summary>
    internal void Release()
    {
        _document?.Dispose();
        _document = null;
        _scrubbed.Clear();
    }

    /// <summary>Reads every string: half of a surrogate pair is no text, and no backup holds it.</summary>
    private static void CheckText(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    CheckText(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    CheckText(item);
                }

                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Items),
        JsonValueKind.Null => [],
        _ => [value],
    };

    private static IEnumerable<JsonElement> ValuesAt(JsonElement value, string[] path, int depth)
    {
        foreach (var item in Items(value))
        {
            if (depth == path.Length)
            {
                yield return item;
            }
            else if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(path[depth], out var member))
            {
                foreach (var found in ValuesAt(member, path, depth + 1))
                {
                    yield return found;
                }
            }
        }
    }
}

using System.Text.Json;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>What a comparison knows of one model: its comparators, and what tells its records from each other.</summary>
internal sealed class ComparedModel
{
    private readonly Dictionary<string, RecordComparator[]> _claims;
    private readonly bool _hasNestedClaims;
    private readonly IReadOnlyList<(string Path, int[] Parts, ModelLabel Target)> _keyReferences;
    private readonly HashSet<string> _keyPaths;
    private readonly HashSet<int> _referredParts = [];

    internal ComparedModel(ModelLabel label, RelocationModel? model, ComparatorMap map, int maxDepth, bool hasNaturalKeys)
    {
        Label = label;
        Entity = model?.Find(label);
        Comparators = map.Of(label);
        Rule = map.OrdinalOf(label);
        Names = FieldNames.Of(Entity, maxDepth);
        HasNaturalKeys = hasNaturalKeys;
        _claims = Comparators.SelectMany(comparator => comparator.Fields.Select(field => (field, comparator)))
            .GroupBy(claim => claim.field, claim => claim.comparator).ToDictionary(group => group.Key, group => group.ToArray());
        _hasNestedClaims = _claims.Keys.Any(field => field.Contains('.', StringComparison.Ordinal));
        ReferenceFields = Comparators.OfType<ForeignKeyComparator>().SelectMany(comparator => comparator.Fields).ToHashSet();
        Sets = [.. (Rule is null ? [] : new[] { Rule.Fields }).Concat((Entity?.Uniques ?? []).Select(unique => unique.Fields))
            .Where(fields => fields.Count > 0)];
        var references = (Entity?.References ?? []).Where(reference => reference.TargetFields.Count == 0)
            .Select(reference => (Reference: reference, Parts: reference.Fields.Select(Entity!.PositionInKey).ToArray())).ToList();
        _keyReferences = [.. references.Where(found => !found.Parts.Contains(-1))
            .Select(found => ($"pk.{string.Join(", ", found.Reference.Fields)}", found.Parts, found.Reference.Target))];

        // A reference that has a part of its key in the fields is found among those.
        var partly = references.Where(found => found.Parts.Contains(-1) && found.Parts.Any(part => part >= 0)).ToList();
        _keyPaths = [.. _keyReferences.Select(found => found.Path), .. partly.Select(found => $"({string.Join(", ", found.Reference.Fields)})")];
        _referredParts.UnionWith(_keyReferences.SelectMany(found => found.Parts).Concat(partly.SelectMany(found => found.Parts)));
    }

    internal ModelLabel Label { get; }

    /// <summary>The model, or null where it is not known.</summary>
    internal RelocationEntity? Entity { get; }

    internal IReadOnlyList<RecordComparator> Comparators { get; }

    internal OrdinalRule? Rule { get; }

    internal FieldNames? Names { get; }

    /// <summary>Whether keys say what a record is, as text and composite keys do; integers and Guids only number records.</summary>
    internal bool HasNaturalKeys { get; }

    /// <summary>The fields that hold one key each.</summary>
    internal IReadOnlySet<string> ReferenceFields { get; }

    /// <summary>Sets of fields whose values are a record's own.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Sets { get; }

    /// <summary>The references that a record holds.</summary>
    internal IEnumerable<FoundReference> ReferencesOf(ComparedRecord record) => Comparators.SelectMany(comparator => comparator.ReferencesOf(record));

    /// <summary>The references that are parts of a record's key.</summary>
    internal IEnumerable<FoundReference> ReferencesOf(RecordKey key)
    {
        foreach (var (path, parts, target) in _keyReferences)
        {
            if (parts.Max() < key.PartCount)
            {
                var referred = parts.Length == 1 ? key.Part(parts[0]) : RecordKey.From([.. parts.Select(key.Part)]);
                yield return new FoundReference(path, target, referred, referred.ToString());
            }
        }
    }

    /// <summary>The parts of a key that are no references.</summary>
    internal IEnumerable<RecordKey> OwnPartsOf(RecordKey key) =>
        Enumerable.Range(0, key.PartCount).Where(part => !_referredParts.Contains(part)).Select(key.Part);

    /// <summary>Whether a part of the key is a reference only together with fields.</summary>
    internal bool HasPartlyReferredKey => _keyPaths.Count > _keyReferences.Count;

    /// <summary>Whether references at a path are a part of the model's key.</summary>
    internal bool IsOfKey(string path) => _keyPaths.Contains(path);

    /// <summary>The form of all that a record holds but for references, and for what comparators do not hold against it.</summary>
    internal void WriteContent(Utf8JsonWriter writer, ComparedRecord record) => WriteMembers(writer, record.Fields, string.Empty);

    /// <summary>The form of one member; false where it says nothing.</summary>
    internal bool TryWriteMember(Utf8JsonWriter writer, JsonProperty member) => TryWriteMember(writer, member, member.Name);

    private void WriteMembers(Utf8JsonWriter writer, JsonElement holder, string path)
    {
        writer.WriteStartObject();
        foreach (var member in holder.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            TryWriteMember(writer, member, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
        }

        writer.WriteEndObject();
    }

    private bool TryWriteMember(Utf8JsonWriter writer, JsonProperty member, string path)
    {
        if (!_claims.TryGetValue(path, out var comparators))
        {
            writer.WritePropertyName(member.Name);
            WriteUnclaimed(writer, member.Value, path);
            return true;
        }

        // For comparators, null is the same as absent.
        if (member.Value.ValueKind == JsonValueKind.Null || Array.Find(comparators, comparator => comparator.IsContent) is not { } content)
        {
            return false;
        }

        writer.WritePropertyName(member.Name);
        content.WriteContent(writer, path, member.Value);
        return true;
    }

    private void WriteUnclaimed(Utf8JsonWriter writer, JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when _hasNestedClaims:
                WriteMembers(writer, value, path);
                break;
            case JsonValueKind.Array when _hasNestedClaims:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteUnclaimed(writer, item, path);
                }

                writer.WriteEndArray();
                break;
            default:
                CanonicalValue.Write(writer, value, null);
                break;
        }
    }
}

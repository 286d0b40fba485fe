using Relocation.Testing.Backups;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>Keeps the values that order one model's records.</summary>
/// <param name="rule">What orders the records.</param>
/// <param name="entity">The model, which knows other names of the fields; or null.</param>
internal sealed class OrdinalObserver(OrdinalRule rule, RelocationEntity? entity) : RecordObserver
{
    private readonly Dictionary<string, string> _names = (entity?.Fields ?? [])
        .SelectMany(field => field.AllNames.Select((name, at) => (Name: name, field, IsOther: at > 0)))
        .OrderBy(named => named.IsOther).DistinctBy(named => named.Name).ToDictionary(named => named.Name, named => named.field.Name);

    private readonly List<RecordKey?[]?> _values = [];

    internal OrdinalRule Rule { get; } = rule;

    /// <summary>By rank, the values of the rule's fields; null for a record that the rule does not order.</summary>
    internal IReadOnlyList<RecordKey?[]?> Values => _values;

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        var values = new RecordKey?[Rule.Fields.Count];
        var isOrdered = true;
        var reader = new FieldReader(fields);
        while (reader.Read())
        {
            if (reader.Kind == JsonToken.Null)
            {
                continue;
            }

            var written = JsonText.ToText(reader.Name);
            var name = _names.GetValueOrDefault(written, written);
            isOrdered &= !Rule.UnlessSet.Contains(name);
            for (var part = 0; part < values.Length; part++)
            {
                if (Rule.Fields[part] == name)
                {
                    values[part] = ReadValue(reader.Kind, reader.Value);
                }
            }
        }

        _values.Add(isOrdered ? values : null);
    }

    private static RecordKey ReadValue(JsonToken kind, ReadOnlySpan<byte> value) =>
        kind == JsonToken.Number && JsonText.TryReadInteger(value, out var integer) ? RecordKey.From(integer) : RecordKey.From(JsonText.ToText(value));
}

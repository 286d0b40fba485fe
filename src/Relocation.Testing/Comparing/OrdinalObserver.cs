using Relocation.Testing.Backups;

namespace Relocation.Testing.Comparing;

/// <summary>Keeps the values that order one model's records.</summary>
internal sealed class OrdinalObserver(OrdinalRule rule) : RecordObserver
{
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

            var name = JsonText.ToText(reader.Name);
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

namespace Relocation.Testing;

/// <summary>A field without a rule whose values stand in the sanitised backup as they stood in the original.</summary>
public sealed class KeptField
{
    internal KeptField(ModelLabel model, string field, FieldType type, long count, IReadOnlyList<string> samples)
    {
        Model = model;
        Field = field;
        Type = type;
        Count = count;
        Samples = samples;
    }

    /// <summary>The model's label.</summary>
    public ModelLabel Model { get; }

    /// <summary>The field's name; dots lead into objects, into every object of lists, and into JSON.</summary>
    public string Field { get; }

    /// <summary>What the field holds: text, JSON, dates or bytes.</summary>
    public FieldType Type { get; }

    /// <summary>How many of its values stay. Null and empty text do not count, nor do numbers and booleans.</summary>
    public long Count { get; }

    /// <summary>
    /// What the first different values look like, three at most: first character and length, as in <c>Q… 7</c>; of a value of one
    /// character the length alone.
    /// </summary>
    public IReadOnlyList<string> Samples { get; }

    /// <summary>The field, what it holds, the count and the samples.</summary>
    public override string ToString() => $"{Model}.{Field} ({Type}): {Count} ({string.Join(", ", Samples)})";
}

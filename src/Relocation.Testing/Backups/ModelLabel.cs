using Relocation.Testing.Texts;

namespace Relocation.Testing;

/// <summary>Names a model as backups do: <c>app.model</c>, in lower case.</summary>
/// <remarks>Two spellings that differ only in case are the same label (docs/sentry-import.md, section 1.1).</remarks>
public readonly record struct ModelLabel : IComparable<ModelLabel>
{
    private readonly string? _value;

    private ModelLabel(string value) => _value = value;

    /// <summary>The label's text, lower case, for example <c>sentry.organization</c>.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>The part before the first dot.</summary>
    public string App => Value.Contains('.') ? Value[..Value.IndexOf('.')] : string.Empty;

    /// <summary>The part after the first dot.</summary>
    public string Model => Value[(Value.IndexOf('.') + 1)..];

    /// <summary>Reads a label.</summary>
    /// <param name="value">Text of the form <c>app.model</c>.</param>
    /// <exception cref="FormatException"><paramref name="value"/> has no dot, or nothing before or after it.</exception>
    public static ModelLabel Parse(string value) =>
        TryParse(value, out var label)
            ? label
            : throw new FormatException($"'{ShownText.Of(value)}' is no model label. A label is 'app.model', for example 'shop.order'.");

    /// <summary>Reads a label, or says that the text is not one.</summary>
    /// <param name="value">Text of the form <c>app.model</c>.</param>
    /// <param name="label">The label, when the text is one.</param>
    public static bool TryParse(string? value, out ModelLabel label)
    {
        var dot = value?.IndexOf('.') ?? -1;
        if (value is null || dot <= 0 || dot == value.Length - 1)
        {
            label = default;
            return false;
        }

        label = new ModelLabel(value.ToLowerInvariant());
        return true;
    }

    /// <summary>Orders labels by their text, character by character.</summary>
    /// <param name="other">The label to compare with.</param>
    public int CompareTo(ModelLabel other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The label as messages show it: its text, in which characters that cannot be seen are escapes, and whose end is cut off where it is very long.</summary>
    public override string ToString() => ShownText.Of(Value);

    /// <summary>Whether one label comes before another.</summary>
    /// <param name="left">A label.</param>
    /// <param name="right">A label.</param>
    public static bool operator <(ModelLabel left, ModelLabel right) => left.CompareTo(right) < 0;

    /// <summary>Whether one label comes before another, or is the same.</summary>
    /// <param name="left">A label.</param>
    /// <param name="right">A label.</param>
    public static bool operator <=(ModelLabel left, ModelLabel right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one label comes after another.</summary>
    /// <param name="left">A label.</param>
    /// <param name="right">A label.</param>
    public static bool operator >(ModelLabel left, ModelLabel right) => left.CompareTo(right) > 0;

    /// <summary>Whether one label comes after another, or is the same.</summary>
    /// <param name="left">A label.</param>
    /// <param name="right">A label.</param>
    public static bool operator >=(ModelLabel left, ModelLabel right) => left.CompareTo(right) >= 0;
}

namespace Relocation.Testing.Specification.Values;

public enum TinyMark : byte
{
    None,
    Low = 1,
    High = 255,
}

[Flags]
public enum Signs
{
    None = 0,
    Dot = 1,
    Dash = 2,
    Star = 4,
}

public enum HugeMark : ulong
{
    None,
    Most = ulong.MaxValue,
}

public enum SmallMark : sbyte
{
    Least = sbyte.MinValue,
    None = 0,
}

/// <summary>A value object that takes some texts only.</summary>
public sealed record Postcode
{
    public Postcode(string text)
    {
        if (text.Length != 5)
        {
            throw new ArgumentException("A post code has five letters.", nameof(text));
        }

        Text = text;
    }

    public string Text { get; }
}

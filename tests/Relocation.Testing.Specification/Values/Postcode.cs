namespace Relocation.Testing.Specification.Values;

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

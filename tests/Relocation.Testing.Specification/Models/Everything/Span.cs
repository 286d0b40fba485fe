namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>A complex type.</summary>
public sealed class Span
{
    public DateOnly From { get; set; }

    public DateOnly? To { get; set; }
}

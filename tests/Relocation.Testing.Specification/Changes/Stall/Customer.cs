namespace Relocation.Testing.Specification.Changes.Stall;

/// <summary>Renamed by a trigger, and with a token that guards against lost updates.</summary>
public sealed class Customer
{
    public int Id { get; set; }

    public required string Name { get; set; }

    [Sanitized(SanitizeKind.Email)]
    public string? Email { get; set; }

    public int Shipments { get; set; }

    public int Version { get; set; }
}

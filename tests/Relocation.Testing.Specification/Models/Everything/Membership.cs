namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>A many-to-many relation's entity: its key is composed of a Guid that is replaced and a text that is kept.</summary>
public sealed class Membership
{
    public Guid ClubId { get; set; }

    public required string CurrencyCode { get; set; }

    public DateOnly? Since { get; set; }

    public Mood? Mood { get; set; }
}

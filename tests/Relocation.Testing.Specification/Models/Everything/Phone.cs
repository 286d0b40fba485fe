namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>One of many owned, which owns others and refers to a record.</summary>
public sealed class Phone
{
    public required string Number { get; set; }

    public int? SkillId { get; set; }

    public Skill? Skill { get; set; }

    public ICollection<Talk> Calls { get; } = [];
}

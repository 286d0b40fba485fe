namespace Relocation.Testing.Specification.Exporting;

public sealed class HiddenRow
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public bool IsHidden { get; set; }
}

namespace Relocation.Testing.Specification.Models.Press;

public sealed class Author
{
    public int Id { get; set; }

    public string Name { get; set; } = string.Empty;

    public DateTimeOffset JoinedAt { get; set; }

    public string? Token { get; set; }

    public Desk Desk { get; set; } = new();
}

namespace Relocation.Testing.Specification.Databases;

public sealed class Book
{
    public int Id { get; init; }

    public required string Title { get; init; }
}

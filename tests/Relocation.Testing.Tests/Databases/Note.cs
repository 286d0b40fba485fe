namespace Relocation.Testing.Tests.Databases;

public sealed class Note
{
    public required string Id { get; init; }

    public Note? Parent { get; init; }
}

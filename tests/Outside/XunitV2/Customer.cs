namespace Relocation.Testing.Outside.XunitV2;

public sealed class Customer
{
    public int Id { get; set; }

    public required string Name { get; set; }
}

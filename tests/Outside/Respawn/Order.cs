namespace Relocation.Testing.Outside.Respawn;

public sealed class Order
{
    public int Id { get; set; }

    public required Customer Customer { get; set; }

    public decimal Total { get; set; }
}

namespace Relocation.Testing.Outside.XunitV2;

public sealed class Order
{
    public int Id { get; set; }

    public required Customer Customer { get; set; }

    public decimal Total { get; set; }
}

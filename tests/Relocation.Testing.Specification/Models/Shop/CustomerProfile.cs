namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>One to one: the key is the customer's.</summary>
public sealed class CustomerProfile
{
    public int CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public string? Biography { get; set; }

    public bool Newsletter { get; set; }

    public double Score { get; set; }
}

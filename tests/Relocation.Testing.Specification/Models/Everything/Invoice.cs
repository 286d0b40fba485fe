namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Refers to another type of its hierarchy.</summary>
public class Invoice : Document
{
    public decimal Total { get; set; }

    public long? CoverId { get; set; }

    public Letter? Cover { get; set; }
}

namespace Relocation.Testing.Specification.Models.Ledger;

public sealed class Invoice
{
    public int Id { get; set; }

    public int? AccountId { get; set; }

    public Account? Account { get; set; }

    public decimal Amount { get; set; }
}

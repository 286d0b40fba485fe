namespace Relocation.Testing.Specification.Models.Ledger;

[KeyPolicy(KeyPolicy.Preserve)]
public sealed class Payment
{
    public Guid Id { get; set; }

    [OnUnresolved(UnresolvedReferencePolicy.Drop)]
    public int InvoiceId { get; set; }

    public Invoice? Invoice { get; set; }
}

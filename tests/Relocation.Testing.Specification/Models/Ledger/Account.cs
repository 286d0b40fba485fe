namespace Relocation.Testing.Specification.Models.Ledger;

[OnCollision(CollisionPolicy.Merge)]
public sealed class Account
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Bank { get; set; }

    public required string Number { get; set; }
}

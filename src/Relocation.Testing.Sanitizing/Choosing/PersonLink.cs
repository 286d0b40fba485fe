namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>Which person a model's records belong to.</summary>
/// <param name="Reference">The reference that leads to the person, or to another record of the person; null where the record is the person.</param>
internal sealed record PersonLink(RelocationReference? Reference)
{
    /// <summary>The model that the reference leads to.</summary>
    internal ModelLabel? Target => Reference?.Target;
}

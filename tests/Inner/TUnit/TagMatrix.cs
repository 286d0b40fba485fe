using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>Tests of a matrix need no more than a context.</summary>
public sealed class TagMatrix : RelocationFixture<ShopContext>;

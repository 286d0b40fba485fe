using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

public sealed class MissingTarget : RelocationFixture<ShopContext>;

using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class MissingTarget : RelocationFixture<ShopContext>;

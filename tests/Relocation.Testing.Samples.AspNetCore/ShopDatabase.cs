using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.AspNetCore;

public sealed class ShopDatabase() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "fixtures/shop/complete.json");

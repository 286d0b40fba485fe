using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class MissingBackup() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "missing.json");

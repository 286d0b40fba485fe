using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class MissingBackup() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "missing.json");

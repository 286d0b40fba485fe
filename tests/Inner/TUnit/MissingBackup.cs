using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

public sealed class MissingBackup() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "missing.json");

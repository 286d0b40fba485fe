using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>Found from this file's folder.</summary>
public sealed class ShortDatabase() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "../backups/same.json");

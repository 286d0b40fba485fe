using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest.Around;

/// <summary>One baseline for all tests of the namespace.</summary>
public sealed class SharedTags() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "../../backups/same.json");

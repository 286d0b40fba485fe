namespace Relocation.Testing.Outside.XunitV2;

// begin-snippet: xunit-v2-fixture
public sealed class ShopDatabase() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "../shop.json");
// end-snippet

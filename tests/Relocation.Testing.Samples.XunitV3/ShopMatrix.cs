using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: xunit-matrix-fixture
public sealed class ShopMatrix : RelocationFixture<ShopContext>;
// end-snippet

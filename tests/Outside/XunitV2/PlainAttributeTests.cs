using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Relocation.Testing.Outside.XunitV2;

// begin-snippet: xunit-v2-output
public sealed class PlainAttributeTests(ShopDatabase shop, ITestOutputHelper output)
    : RelocationTest<ShopContext>(shop, output), IClassFixture<ShopDatabase>
{
    [Fact]
    public async Task Every_test_sees_the_baseline() => Assert.Equal(2, await Context.Orders.CountAsync());
}
// end-snippet

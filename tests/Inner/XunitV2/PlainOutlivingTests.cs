using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>The same with xUnit's own attribute.</summary>
public sealed class PlainOutlivingTests(TagDatabase database, ITestOutputHelper output)
    : RelocationTest<ShopContext>(database, output), IClassFixture<TagDatabase>
{
    [Theory(Timeout = 4000)]
    [InlineData(1)]
    [InlineData(2)]
    public Task Plainly_writes_on_after_its_time(int number) => Outliving.WriteAsync(CreateContext, number);
}

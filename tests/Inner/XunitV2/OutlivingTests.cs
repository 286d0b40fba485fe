using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>Tests that go on writing after their time: whichever comes second must not meet the first.</summary>
public sealed class OutlivingTests(TagDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<TagDatabase>
{
    [RelocationTheory(Timeout = 4000)]
    [InlineData(1)]
    [InlineData(2)]
    public Task Writes_on_after_its_time(int number) => Outliving.WriteAsync(CreateContext, number);
}

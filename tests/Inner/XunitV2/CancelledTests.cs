using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class CancelledTests(TagDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<TagDatabase>
{
    [RelocationFact(Timeout = 1500)]
    public Task Test_that_is_cancelled() => Task.Delay(Timeout.Infinite);
}

using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class CancelledTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    [Timeout(1500)]
    public Task Test_that_is_cancelled(CancellationToken cancellationToken) => Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
}

using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>Hears of nothing and never ends: the run must.</summary>
[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class UnendingTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    [Timeout(1500)]
    public Task Test_that_outlives_its_time(CancellationToken cancellationToken) => new TaskCompletionSource().Task;
}

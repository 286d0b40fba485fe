using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

/// <summary>Hears of nothing and never ends: the run must. What it leases is never given back, so it has a fixture of its own.</summary>
public sealed class UnendingTests(UnendingDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<UnendingDatabase>
{
#pragma warning disable xUnit1069 // Not listening to the token is what is tried here.
    [Fact(Timeout = 1500)]
    public Task Test_that_outlives_its_time() => new TaskCompletionSource().Task;
#pragma warning restore xUnit1069
}

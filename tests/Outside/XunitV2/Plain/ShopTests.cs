using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Outside.XunitV2.Plain;

// begin-snippet: xunit-v2-plain-tests
public sealed class ShopTests(ShopDatabase shop) : IClassFixture<ShopDatabase>, IAsyncLifetime
{
    private TestLease? _lease;

    private TestDatabase<ShopContext> Database => (TestDatabase<ShopContext>)_lease!.Database;

    public async Task InitializeAsync() => _lease = await shop.Baseline.LeaseAsync();

    public Task DisposeAsync() => _lease!.DisposeAsync().AsTask();

    [Fact]
    public async Task Orders_can_be_deleted()
    {
        await using var context = Database.CreateContext();
        await context.Orders.ExecuteDeleteAsync();
        Assert.Equal(0, await context.Orders.CountAsync());
    }

    [Fact]
    public async Task Every_test_sees_the_baseline()
    {
        await using var context = Database.CreateContext();
        Assert.Equal(2, await context.Orders.CountAsync());
    }

    [Fact]
    public Task Keys_stay_as_approved() => ApprovedSnapshot.CheckAsync(Database.Baseline[0].Map);
}
// end-snippet

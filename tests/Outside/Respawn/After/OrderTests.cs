using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Outside.Respawn.After;

/// <summary>The suite as it is now: the rows come from a backup, once, and the options of before still say what goes.</summary>
public sealed class OrderTests(ShopDatabase shop) : IClassFixture<ShopDatabase>, IAsyncLifetime
{
    private TestLease? _lease;

    private TestDatabase<ShopContext> Database => (TestDatabase<ShopContext>)_lease!.Database;

    public async Task InitializeAsync() => _lease = await shop.Baseline.LeaseAsync();

    public Task DisposeAsync() => _lease!.DisposeAsync().AsTask();

    [Fact]
    public async Task Orders_go_and_customers_stay()
    {
        await Database.ResetAsync(ResetTo.Empty);

        await using var context = Database.CreateContext();
        Assert.Equal((0, 2), (await context.Orders.CountAsync(), await context.Customers.CountAsync()));
    }

    [Fact]
    public async Task The_next_test_has_its_orders_again()
    {
        await using var context = Database.CreateContext();
        Assert.Equal((2, 2), (await context.Orders.CountAsync(), await context.Customers.CountAsync()));
    }
}

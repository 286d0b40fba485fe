using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: changes
public sealed class ChangeTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shipping_an_order()
    {
        var order = await Context.Orders.SingleAsync(order => order.Number == "2024-0003", Cancel);
        order.Status = OrderStatus.Shipped;
        order.ShippedAt = DateTimeOffset.UtcNow;
        Context.Add(new Order { Number = "2024-0006", CustomerId = order.CustomerId, PlacedAt = DateTime.UtcNow });
        await Context.SaveChangesAsync(Cancel);

        await Database.CheckChangesAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Cancelling_an_order_changes_nothing_else()
    {
        var order = await Context.Orders.SingleAsync(order => order.Number == "2024-0003", Cancel);
        await Database.MarkAsync("before", Cancel);
        order.Status = OrderStatus.Cancelled;
        await Context.SaveChangesAsync(Cancel);

        var changes = await Database.ChangesAsync(new ChangeOptions { Since = "before" }, Cancel);
        Assert.Equal("\"Cancelled\"", changes.Changed<Order>().Single()["status"].New);
        changes.AssertNothingElse();
    }
}
// end-snippet

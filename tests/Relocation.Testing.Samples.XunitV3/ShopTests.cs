using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

/// <summary>The same tests on both engines. Every test first sees that nothing of another test is left, in whatever order they run.</summary>
public abstract class ShopTests(CountedShopDatabase shop) : RelocationTest<ShopContext>(shop)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_are_deleted()
    {
        await using var context = await BaselineAsync();

        await context.ReturnedItems.ExecuteDeleteAsync(Cancel);
        await context.OrderLines.ExecuteDeleteAsync(Cancel);
        await context.Orders.ExecuteDeleteAsync(Cancel);

        Assert.Equal(0, await context.Orders.CountAsync(Cancel));
    }

    [Fact]
    public async Task Orders_are_changed()
    {
        await using var context = await BaselineAsync();

        await context.Orders.ExecuteUpdateAsync(
            orders => orders.SetProperty(order => order.Status, OrderStatus.Cancelled), Cancel);

        Assert.True(await context.Orders.AllAsync(order => order.Status == OrderStatus.Cancelled, Cancel));
    }

    [Theory]
    [InlineData("2025-0001")]
    [InlineData("2025-0002")]
    public async Task A_new_order_gets_the_same_key_in_every_test(string number)
    {
        await using var context = await BaselineAsync();
        var highest = await context.Orders.MaxAsync(order => order.Id, Cancel);
        var customer = await context.Customers.OrderBy(row => row.Id).FirstAsync(Cancel);
        var order = new Order { Number = number, CustomerId = customer.Id };

        context.Add(order);
        await context.SaveChangesAsync(Cancel);

        Assert.Equal(highest + 1, order.Id);
    }

    [Fact]
    public async Task The_database_is_emptied_through_Respawn()
    {
        await using var context = await BaselineAsync();

        await Database.ResetAsync(ResetTo.Empty, Cancel);

        Assert.Equal(0, await context.Orders.CountAsync(Cancel) + await context.Customers.CountAsync(Cancel));
    }

    [Fact]
    public async Task The_map_is_the_same_on_both_engines()
    {
        await using var context = await BaselineAsync();

        await CheckAsync(Database.Baseline[0].Map);
    }

    [Theory]
    [InlineData("DE")]
    [InlineData("FR")]
    public async Task Customers_of_a_country_are_as_approved(string country)
    {
        await using var context = await BaselineAsync();
        var names = await context.Customers
            .Where(customer => customer.CountryCode == country).OrderBy(customer => customer.Id)
            .Select(customer => customer.Name).ToListAsync(Cancel);

        await CheckAsync(string.Join('\n', names));
    }

    private async Task<ShopContext> BaselineAsync()
    {
        var context = CreateContext();
        Assert.Equal(1, shop.ImportCount);
        Assert.Equal("import 1", (await context.Tags.OrderBy(tag => tag.Id).LastAsync(Cancel)).Name);
        Assert.Equal(5, await context.Orders.CountAsync(Cancel));
        Assert.Equal(8, await context.OrderLines.CountAsync(Cancel));
        Assert.Equal(1, await context.Orders.CountAsync(order => order.Status == OrderStatus.Cancelled, Cancel));
        return context;
    }
}

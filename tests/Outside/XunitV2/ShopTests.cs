using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Outside.XunitV2;

// begin-snippet: xunit-v2-tests
public sealed class ShopTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    [RelocationFact]
    public async Task Orders_can_be_deleted()
    {
        await Context.Orders.ExecuteDeleteAsync();
        Assert.Equal(0, await Context.Orders.CountAsync());
    }

    [RelocationTheory]
    [InlineData("Ada", 1)]
    [InlineData("Grace", 1)]
    public async Task Customers_have_their_orders(string name, int orders) =>
        Assert.Equal(orders, await Context.Orders.CountAsync(order => order.Customer.Name == name));

    [RelocationFact]
    public Task Keys_stay_as_approved() => CheckAsync(Database.Baseline[0].Map);
}
// end-snippet

using Microsoft.EntityFrameworkCore;
using Relocation.Testing;
using Xunit;

public class Customer { public int Id { get; set; } public required string Name { get; set; } }
public class Order { public int Id { get; set; } public required Customer Customer { get; set; } public decimal Total { get; set; } }
public class ShopContext(DbContextOptions options) : DbContext(options) { public DbSet<Order> Orders => Set<Order>(); }

public class ShopDatabase() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "shop.json");
public class ShopTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    [RelocationFact]
    public async Task Ada_has_two_orders() =>
        Assert.Equal(2, await Context.Orders.CountAsync(order => order.Customer.Name == "Ada"));
}

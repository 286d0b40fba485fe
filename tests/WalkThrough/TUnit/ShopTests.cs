using Microsoft.EntityFrameworkCore;
using Relocation.Testing;

public class Customer { public int Id { get; set; } public required string Name { get; set; } }
public class Order { public int Id { get; set; } public required Customer Customer { get; set; } public decimal Total { get; set; } }
public class ShopContext(DbContextOptions options) : DbContext(options) { public DbSet<Order> Orders => Set<Order>(); }

public class ShopDatabase() : RelocationFixture<ShopContext>(SqliteTarget.InMemory(), "shop.json");
[ClassDataSource<ShopDatabase>(Shared = SharedType.PerTestSession)]
public class ShopTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop)
{
    [Test]
    public async Task Ada_has_two_orders() =>
        await Assert.That(await Context.Orders.CountAsync(order => order.Customer.Name == "Ada")).IsEqualTo(2);
}

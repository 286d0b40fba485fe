using Microsoft.EntityFrameworkCore;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Relocation.Testing;

public class Customer { public int Id { get; set; } public required string Name { get; set; } }
public class Order { public int Id { get; set; } public required Customer Customer { get; set; } public decimal Total { get; set; } }
public class ShopContext(DbContextOptions options) : DbContext(options) { public DbSet<Order> Orders => Set<Order>(); }

[TestClass]
public class ShopTests() : RelocationTest<ShopContext>(SqliteTarget.InMemory(), "shop.json")
{
    [TestMethod]
    public async Task Ada_has_two_orders() =>
        Assert.AreEqual(2, await Context.Orders.CountAsync(order => order.Customer.Name == "Ada"));
}

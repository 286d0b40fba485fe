using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Outside.Respawn;

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();
}

using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Changes.Stall;

public sealed class StallContext(DbContextOptions<StallContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Customer>().Property(customer => customer.Version).IsConcurrencyToken();
        modelBuilder.Entity<Order>(order =>
        {
            order.Property(each => each.Status).HasConversion<string>();
            order.OwnsMany(each => each.Lines, lines =>
            {
                lines.ToTable("Lines");
                lines.Property<int>("Id");
                lines.HasKey("Id");
            });
            order.HasMany(each => each.Tags).WithMany(tag => tag.Orders).UsingEntity("OrderTag");
        });
        modelBuilder.Entity<Tag>().HasKey(tag => tag.Code);
    }
}

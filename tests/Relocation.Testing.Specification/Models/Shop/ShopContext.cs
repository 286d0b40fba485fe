using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>The model that <c>fixtures/shop</c> is written for: every kind of key, reference and field at least once.</summary>
/// <param name="options">Chooses the database.</param>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Country> Countries => Set<Country>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<CustomerProfile> CustomerProfiles => Set<CustomerProfile>();

    public DbSet<Store> Stores => Set<Store>();

    public DbSet<Employee> Employees => Set<Employee>();

    public DbSet<Voucher> Vouchers => Set<Voucher>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderLine> OrderLines => Set<OrderLine>();

    public DbSet<ReturnedItem> ReturnedItems => Set<ReturnedItem>();

    public DbSet<Review> Reviews => Set<Review>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Money>().HaveConversion<MoneyConverter>();
        configurationBuilder.Properties<EmailAddress>().HaveConversion<EmailAddressConverter>().HaveMaxLength(254);
        configurationBuilder.Properties<decimal>().HavePrecision(18, 4);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Offering(modelBuilder);
        People(modelBuilder);
        Selling(modelBuilder);
    }

    private static void Offering(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Country>(country =>
        {
            country.HasKey(row => row.Code);
            country.Property(row => row.Code).HasMaxLength(2);
            country.Property(row => row.Name).HasMaxLength(60);
        });
        modelBuilder.Entity<Category>(category =>
        {
            category.Property(row => row.Name).HasMaxLength(80);
            category.HasIndex(row => row.Slug).IsUnique();
            category.HasOne(row => row.Parent).WithMany().OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<Tag>().HasIndex(row => row.Name).IsUnique();
        modelBuilder.Entity<Product>(product =>
        {
            product.Property(row => row.Sku).HasMaxLength(20);
            product.HasIndex(row => row.Sku).IsUnique();
            product.Property(row => row.Condition).HasConversion<string>().HasMaxLength(12);
            product.HasOne(row => row.Origin).WithMany().HasForeignKey(row => row.OriginCode);
            product.HasMany(row => row.Tags).WithMany(row => row.Products);
            product.OwnsOne(row => row.Specification, specification =>
            {
                specification.ToJson();
                specification.OwnsOne(row => row.Size);
            });
        });
    }

    private static void People(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Customer>(customer =>
        {
            customer.HasIndex(row => row.Email).IsUnique();
            customer.Property(row => row.Name).HasMaxLength(100);
            customer.OwnsOne(row => row.Address, address => address.Property(row => row.PostalCode).HasMaxLength(12));
            customer.Navigation(row => row.Address).IsRequired();
            customer.HasOne(row => row.Country).WithMany().HasForeignKey(row => row.CountryCode);
        });
        modelBuilder.Entity<CustomerProfile>(profile =>
        {
            profile.HasKey(row => row.CustomerId);
            profile.HasOne(row => row.Customer).WithOne(row => row.Profile).HasForeignKey<CustomerProfile>(row => row.CustomerId);
        });
        modelBuilder.Entity<Store>(store =>
        {
            store.HasIndex(row => row.Name).IsUnique();
            store.HasOne(row => row.Country).WithMany().HasForeignKey(row => row.CountryCode);
            store.HasOne(row => row.Manager).WithMany().HasForeignKey(row => row.ManagerId).OnDelete(DeleteBehavior.SetNull);
        });
        modelBuilder.Entity<Employee>(employee =>
        {
            employee.Property(row => row.Badge).HasMaxLength(8);
            employee.HasIndex(row => new { row.StoreId, row.Badge }).IsUnique();
            employee.HasOne(row => row.Store).WithMany().HasForeignKey(row => row.StoreId);
        });
    }

    private void Selling(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Voucher>(voucher =>
        {
            voucher.HasIndex(row => row.Code).IsUnique();
            voucher.ComplexProperty(row => row.Validity);
        });
        modelBuilder.Entity<Order>(order =>
        {
            order.HasIndex(row => row.Number).IsUnique();
            order.Property(row => row.Number).HasMaxLength(16);
            if (Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL")
            {
                // By default Npgsql stores a DateTime as a point in time; here it is a time of no particular zone.
                order.Property(row => row.PlacedAt).HasColumnType("timestamp without time zone");
            }
        });
        modelBuilder.Entity<OrderLine>().HasKey(row => new { row.OrderId, row.LineNumber });
        modelBuilder.Entity<ReturnedItem>().HasOne(row => row.Line).WithMany().HasForeignKey(row => new { row.OrderId, row.LineNumber });
        modelBuilder.Entity<Review>().HasKey(row => new { row.ProductId, row.CustomerId });
    }
}

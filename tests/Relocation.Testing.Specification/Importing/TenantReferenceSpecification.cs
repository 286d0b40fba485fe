using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>References that are filled in later and share columns with the key of their own row.</summary>
[Case("tenant-selfref")]
public abstract class TenantReferenceSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_refers_to_another_of_its_tenant_in_whatever_order(bool isResumable)
    {
        await using var database = await CreateAsync();

        var result = await database.ImportAsync(
            Backup.FromJson("""
                [{"model": "tenant.order", "pk": [1, 5], "fields": {"replaces_id": 6, "parcel_id": 3}},
                 {"model": "tenant.order", "pk": [1, 6], "fields": {"replaces_id": 7}},
                 {"model": "tenant.order", "pk": [1, 7], "fields": {"replaces_id": 5}},
                 {"model": "tenant.order", "pk": [2, 5], "fields": {"replaces_id": 5}},
                 {"model": "tenant.order", "pk": [2, 6], "fields": {"replaces_id": null}},
                 {"model": "tenant.parcel", "pk": [1, 3], "fields": {"order_id": 5, "next_id": 4}},
                 {"model": "tenant.parcel", "pk": [1, 4], "fields": {"order_id": 6, "next_id": 3}}]
                """),
            new ImportOptions { ResumeId = isResumable ? Guid.NewGuid() : null, ChunkSize = 2 },
            Cancel);

        Assert.Equal(7, result.Map.Count);
        await using var context = database.CreateContext();
        Assert.Equal(
            ["1 5 6 3", "1 6 7 ", "1 7 5 ", "2 5 5 ", "2 6  "],
            (await context.Orders.ToListAsync(Cancel)).Select(row => $"{row.Tenant} {row.Id} {row.ReplacesId} {row.ParcelId}").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["1 3 5 4", "1 4 6 3"],
            (await context.Parcels.ToListAsync(Cancel)).Select(row => $"{row.Tenant} {row.Id} {row.OrderId} {row.NextId}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reference_to_a_row_of_another_tenant_is_refused()
    {
        await using var database = await CreateAsync();

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Backup.FromJson("""
                [{"model": "tenant.order", "pk": [1, 5], "fields": {"replaces_id": 6}},
                 {"model": "tenant.order", "pk": [2, 6], "fields": {"replaces_id": null}}]
                """),
            null,
            Cancel));

        Assert.Equal(BackupProblemKind.UnresolvedReference, Assert.Single(refusal.Problems).Kind);
    }

    private Task<TestDatabase<TenantContext>> CreateAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<TenantContext> { Target = engine.Target, CreateContext = static options => new TenantContext(options) }, Cancel);

    private sealed class Order
    {
        public int Tenant { get; set; }

        public int Id { get; set; }

        public int? ReplacesId { get; set; }

        public Order? Replaces { get; set; }

        public int? ParcelId { get; set; }

        public Parcel? Parcel { get; set; }
    }

    private sealed class Parcel
    {
        public int Tenant { get; set; }

        public int Id { get; set; }

        public int? OrderId { get; set; }

        public Order? Order { get; set; }

        public int? NextId { get; set; }

        public Parcel? Next { get; set; }
    }

    private sealed class TenantContext(DbContextOptions<TenantContext> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();

        public DbSet<Parcel> Parcels => Set<Parcel>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Order>(order =>
            {
                order.HasKey(row => new { row.Tenant, row.Id });
                order.Property(row => row.Tenant).HasConversion<int>();
                order.HasOne(row => row.Replaces).WithMany().HasForeignKey(row => new { row.Tenant, row.ReplacesId }).OnDelete(DeleteBehavior.Restrict);
                order.HasOne(row => row.Parcel).WithMany().HasForeignKey(row => new { row.Tenant, row.ParcelId }).OnDelete(DeleteBehavior.Restrict);
            });
            modelBuilder.Entity<Parcel>(parcel =>
            {
                parcel.HasKey(row => new { row.Tenant, row.Id });
                parcel.Property(row => row.Tenant).HasConversion<int>();
                parcel.HasOne(row => row.Order).WithMany().HasForeignKey(row => new { row.Tenant, row.OrderId }).OnDelete(DeleteBehavior.Restrict);
                parcel.HasOne(row => row.Next).WithMany().HasForeignKey(row => new { row.Tenant, row.NextId }).OnDelete(DeleteBehavior.Restrict);
            });
        }
    }
}

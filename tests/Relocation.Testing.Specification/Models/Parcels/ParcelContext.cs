using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Models.Parcels;

/// <summary>Keys of the application's own types, through converters, and one of no type that JSON has.</summary>
/// <param name="options">Chooses the database.</param>
public sealed class ParcelContext(DbContextOptions<ParcelContext> options) : DbContext(options)
{
    public DbSet<Parcel> Parcels => Set<Parcel>();

    public DbSet<Depot> Depots => Set<Depot>();

    public DbSet<Day> Days => Set<Day>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Parcel>(parcel =>
        {
            parcel.Property(row => row.Id).HasConversion(id => id.Value, value => new ParcelId(value)).ValueGeneratedOnAdd();
            parcel.Property(row => row.DepotId).HasConversion(id => id!.Value, value => new DepotCode(value));
        });
        modelBuilder.Entity<Depot>().Property(row => row.Id).HasConversion(id => id.Value, value => new DepotCode(value));
        modelBuilder.Entity<Day>().HasKey(row => row.Date);
    }
}

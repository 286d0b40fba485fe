using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Unique values in every place that a mapping may put them.</summary>
/// <param name="options">Chooses the database.</param>
public sealed class MuseumContext(DbContextOptions<MuseumContext> options) : DbContext(options)
{
    public DbSet<Visitor> Visitors => Set<Visitor>();

    public DbSet<Exhibit> Exhibits => Set<Exhibit>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Exhibit>(exhibit =>
        {
            exhibit.UseTptMappingStrategy();
            exhibit.HasIndex(row => row.Inventory).IsUnique();
            exhibit.HasMany(row => row.Tours).WithMany(row => row.Exhibits);
        });
        modelBuilder.Entity<Painting>().HasIndex(row => row.Title).IsUnique();
        modelBuilder.Entity<Sculpture>();
        modelBuilder.Entity<Cart>(cart =>
        {
            cart.UseTpcMappingStrategy();
            cart.Property(row => row.Id).ValueGeneratedNever();
            cart.HasIndex(row => row.Plate).IsUnique();
        });
        modelBuilder.Entity<HandCart>();
        modelBuilder.Entity<LiftCart>();
        modelBuilder.Entity<Visitor>(visitor =>
        {
            visitor.HasAlternateKey(row => row.Card);
            visitor.HasIndex(row => row.Email).IsUnique();
            visitor.OwnsMany(row => row.Tickets, ticket =>
            {
                ticket.HasIndex(row => row.Code).IsUnique();
                ticket.OwnsMany(row => row.Entries);
            });
        });
        modelBuilder.Entity<Tour>().HasIndex(row => row.Name).IsUnique();
        modelBuilder.Entity<Pass>(pass =>
        {
            pass.HasOne(row => row.Visitor).WithMany().HasForeignKey(row => row.Card).HasPrincipalKey(row => row.Card);
            pass.HasIndex(row => new { row.Card, row.Year }).IsUnique();
        });
    }
}

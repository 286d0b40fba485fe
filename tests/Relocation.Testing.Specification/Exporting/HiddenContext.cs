using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Exporting;

/// <summary>A context that hides rows from its application.</summary>
/// <param name="options">Which database.</param>
public sealed class HiddenContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<HiddenRow> Rows => Set<HiddenRow>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<HiddenRow>().HasQueryFilter(row => !row.IsHidden);
}

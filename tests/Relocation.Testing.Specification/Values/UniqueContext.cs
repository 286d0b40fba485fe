using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Values;

/// <summary>Numbers that are keys or unique.</summary>
public sealed class UniqueContext(DbContextOptions<UniqueContext> options) : DbContext(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Mark>().HasIndex(row => row.Value).IsUnique();
        modelBuilder.Entity<Slot>().Property(row => row.Id).ValueGeneratedOnAdd();
        modelBuilder.Entity<Shelf>().Property(row => row.Id).ValueGeneratedNever();
        modelBuilder.Entity<Use>();
    }

    public sealed class Mark
    {
        public int Id { get; set; }

        public double Value { get; set; }
    }

    public sealed class Slot
    {
        public byte Id { get; set; }
    }

    public sealed class Shelf
    {
        public byte Id { get; set; }
    }

    public sealed class Use
    {
        public int Id { get; set; }

        public Slot? Slot { get; set; }
    }
}

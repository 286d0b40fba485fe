using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Databases;

/// <summary>A context of one table.</summary>
public sealed class ShelfContext(DbContextOptions<ShelfContext> options) : DbContext(options)
{
    public DbSet<Book> Books => Set<Book>();
}

using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Databases;

/// <summary>A context that a user has written as he likes: what it does when it is configured and when it has been made.</summary>
public sealed class WanderingContext : DbContext
{
    private readonly Action<DbContextOptionsBuilder>? _configure;

    public WanderingContext(
        DbContextOptions options, Action<DbContextOptionsBuilder>? configure = null, Action<WanderingContext>? construct = null)
        : base(options)
    {
        _configure = configure;
        construct?.Invoke(this);
    }

    public DbSet<Book> Books => Set<Book>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => _configure?.Invoke(optionsBuilder);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Hosting;

/// <summary>An application's context, which configures itself where the application says how.</summary>
public class LibraryContext : DbContext
{
    public LibraryContext(DbContextOptions<LibraryContext> options)
        : base(options)
    {
    }

    private protected LibraryContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<Book> Books => Set<Book>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.Options.FindExtension<CoreOptionsExtension>()
        ?.ApplicationServiceProvider?.GetService<OwnConfiguration>()?.Configure(optionsBuilder);
}

using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Values;

/// <summary>A table for each case.</summary>
public sealed class ValueContext(DbContextOptions options) : DbContext(options)
{
    internal bool IsSqlite => Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        if (!IsSqlite)
        {
            modelBuilder.Model.AddAnnotation("Npgsql:PostgresExtension:hstore", ",,");
        }

        foreach (var value in ValueCases.All)
        {
            value.Configure(modelBuilder, IsSqlite);
        }
    }
}

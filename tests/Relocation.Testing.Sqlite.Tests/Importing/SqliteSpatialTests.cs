using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Relocation.Testing.Sqlite.Tests.Importing;

/// <summary>Spatial types, which SQLite's provider keeps as bytes or text of a converter.</summary>
public sealed class SqliteSpatialTests
{
    [Theory]
    [InlineData("geometry")]
    [InlineData("geography (point, 4326)")]
    [InlineData("POINT")]
    public void Spatial_types_are_refused_by_name_whatever_stands_for_them(string storeType)
    {
        using var context = Create(storeType, isRequired: true);

        var refusal = Assert.Throws<RelocationModelException>(() => RelocationModel.FromContext(context));

        Assert.StartsWith($"Property 'Site.Spot' has the column type '{storeType}', a spatial type", Assert.Single(refusal.Problems), StringComparison.Ordinal);
        Assert.Contains("Give it a value converter to text", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("geometry")]
    [InlineData("POINT")]
    public void Spatial_columns_that_may_be_null_are_left_out_and_named(string storeType)
    {
        using var context = Create(storeType, isRequired: false);

        var model = RelocationModel.FromContext(context);

        var (part, reason) = Assert.Single(model.LeftOut);
        Assert.Equal("place.site.spot", part);
        Assert.StartsWith($"has the column type '{storeType}', for which backups", reason, StringComparison.Ordinal);
    }

    private static PlaceContext Create(string storeType, bool isRequired)
    {
        var builder = new DbContextOptionsBuilder<PlaceContext>();
        builder.UseSqlite();
        return new PlaceContext(builder.Options, storeType, isRequired);
    }

    private sealed class Spot
    {
        public double Left { get; init; }
    }

    private sealed class Site
    {
        public int Id { get; set; }

        public Spot? Spot { get; set; }
    }

    private sealed class PlaceContext(DbContextOptions<PlaceContext> options, string storeType, bool isRequired) : DbContext(options)
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            optionsBuilder.ReplaceService<IModelCacheKeyFactory, KeyByType>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Site>().Property(row => row.Spot)
            .HasConversion(spot => $"{spot!.Left}", text => new Spot()).HasColumnType(storeType).IsRequired(isRequired);

        private sealed class KeyByType : IModelCacheKeyFactory
        {
            public object Create(DbContext context, bool designTime) => (context.GetType(), ((PlaceContext)context).Look, designTime);
        }

        private (string, bool) Look => (storeType, isRequired);
    }
}

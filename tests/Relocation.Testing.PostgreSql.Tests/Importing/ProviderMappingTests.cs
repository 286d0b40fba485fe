using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>Mappings that only PostgreSQL has: keys that it always counts itself, hstore.</summary>
public sealed class ProviderMappingTests(PostgreSqlFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_of_identity_always_columns_are_given_and_counted_on()
    {
        await using var database = await CreateAsync();
        const string Json = """[{"model": "provider.crate", "pk": 7, "fields": {"code": "a", "labels": {"x": "1", "y": null}}}, {"model": "provider.crate", "pk": 9, "fields": {"code": "b"}}]""";

        var first = await database.ImportAsync(Backup.FromJson(Json), null, Cancel);
        await using (var context = database.CreateContext())
        {
            context.Add(new Crate { Code = "c" });
            await context.SaveChangesAsync(Cancel);
        }

        var second = await database.ImportAsync(
            Backup.FromJson(Json.Replace("\"1\"", "\"2\"", StringComparison.Ordinal).Replace("\"b\"", "\"d\"", StringComparison.Ordinal)),
            new ImportOptions { OnCollision = CollisionPolicy.Overwrite },
            Cancel);

        await using var reading = database.CreateContext();
        var rows = await reading.Crates.AsNoTracking().OrderBy(crate => crate.Id).ToListAsync(Cancel);
        Assert.Equal(["1a", "2b", "3c", "5d"], rows.Select(row => $"{row.Id}{row.Code}"));
        Assert.Equal(new Dictionary<string, string?> { ["x"] = "2", ["y"] = null }, rows[0].Labels);
        Assert.Null(rows[1].Labels);
        Assert.Equal([1L, 2L], first.Map.TargetKeys(ModelLabel.Parse("provider.crate")).Select(key => key.AsInteger()));
        // A record that is written over a row leaves a gap.
        Assert.Equal([1L, 5L], second.Map.TargetKeys(ModelLabel.Parse("provider.crate")).Select(key => key.AsInteger()));
    }

    [Fact]
    public async Task Invented_dictionaries_are_read_as_they_are_in_the_backup()
    {
        await using var database = await CreateAsync();
        using var stream = new MemoryStream();
        await SyntheticBackup.For(database.Model, new SyntheticBackupOptions { NullShare = 0, RecordsPerModel = 20 }).WriteAsync(stream, Cancel);
        var json = System.Text.Encoding.UTF8.GetString(stream.ToArray());

        await database.ImportAsync(Backup.FromJson(json), new ImportOptions { UnknownFields = DriftPolicy.Refuse }, Cancel);

        await using var context = database.CreateContext();
        var labels = JsonElement.Parse(json).EnumerateArray()
            .ToDictionary(record => record.GetProperty("fields").GetProperty("code").GetString()!, record => record.GetProperty("fields").GetProperty("labels"));
        var rows = await context.Crates.AsNoTracking().ToListAsync(Cancel);
        Assert.Equal(20, rows.Count);
        Assert.All(rows, row => Assert.Equal(JsonSerializer.Deserialize<Dictionary<string, string?>>(labels[row.Code]), row.Labels));
    }

    private Task<TestDatabase<ProviderContext>> CreateAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<ProviderContext> { Target = fixture.UnderTest.Target, CreateContext = static options => new ProviderContext(options) }, Cancel);

    private sealed class Crate
    {
        public long Id { get; set; }

        public required string Code { get; set; }

        public Dictionary<string, string?>? Labels { get; set; }
    }

    private sealed class ProviderContext(DbContextOptions options) : DbContext(options)
    {
        public DbSet<Crate> Crates => Set<Crate>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasPostgresExtension("hstore");
            modelBuilder.Entity<Crate>(crate =>
            {
                crate.Property(row => row.Id).UseIdentityAlwaysColumn();
                crate.Property(row => row.Labels).HasColumnType("hstore");
                crate.HasIndex(row => row.Code).IsUnique();
            });
        }
    }
}

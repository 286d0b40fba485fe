using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Rows that come with the tables (<c>HasData</c>) are neither doubled nor in the way of the backup's records of them.</summary>
[Case("has-data")]
public abstract class SeedSpecification(DatabaseUnderTest engine)
{
    private const string Json = """
        [{"model": "seeded.country", "pk": 1, "fields": {"code": "DE"}}, {"model": "seeded.country", "pk": 2, "fields": {"code": "AT"}},
         {"model": "seeded.country", "pk": 3, "fields": {"code": "CH"}},
         {"model": "seeded.role", "pk": "3b241101-e2bb-4255-8caf-4136c566a962", "fields": {"name": "buyer"}},
         {"model": "seeded.unit", "pk": "kg", "fields": {"factor": 1000}}, {"model": "seeded.unit", "pk": "t", "fields": {"factor": 1000000}},
         {"model": "seeded.right", "pk": ["3b241101-e2bb-4255-8caf-4136c566a962", 1], "fields": {}},
         {"model": "seeded.customer", "pk": 1, "fields": {"name": "Tara", "country": 1, "role": "3b241101-e2bb-4255-8caf-4136c566a962", "unit": "kg"}},
         {"model": "seeded.customer", "pk": 2, "fields": {"name": "Quin", "country": 3, "role": "3b241101-e2bb-4255-8caf-4136c566a962", "unit": "t"}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, CollisionPolicy.Merge)]
    [InlineData(true, CollisionPolicy.Overwrite)]
    public async Task Records_of_seeded_rows_stand_for_them(bool isResumable, CollisionPolicy? policy)
    {
        await using var database = await CreateAsync();

        var result = await database.ImportAsync(
            Backup.FromJson(Json), new ImportOptions { ResumeId = isResumable ? Guid.NewGuid() : null, ChunkSize = 2, OnCollision = policy }, Cancel);

        await using var context = database.CreateContext();
        Assert.Equal(["AT", "CH", "DE"], (await context.Countries.Select(row => row.Code).ToListAsync(Cancel)).Order(StringComparer.Ordinal));
        Assert.Equal("buyer", (await context.Roles.SingleAsync(Cancel)).Name);
        Assert.Equal(["g", "kg", "t"], (await context.Units.Select(row => row.Id).ToListAsync(Cancel)).Order(StringComparer.Ordinal));
        Assert.Equal(1, await context.Rights.CountAsync(Cancel));
        var customers = await context.Customers.Include(row => row.Country).Include(row => row.Role).OrderBy(row => row.Id).ToListAsync(Cancel);
        Assert.Equal(["Tara DE buyer kg", "Quin CH buyer t"], customers.Select(row => $"{row.Name} {row.Country!.Code} {row.Role!.Name} {row.UnitId}"));
        Assert.Equal(
            [("seeded.country", 1L, 2L), ("seeded.customer", 2, 0), ("seeded.right", 0, 1), ("seeded.role", 0, 1), ("seeded.unit", 1, 1)],
            result.Models.OrderBy(model => model.Model).Select(model => (model.Model.Value, model.Inserted, model.Existing + model.Overwritten)));
        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(CollisionPolicy.Merge, 0)]
    [InlineData(CollisionPolicy.Overwrite, 0)]
    public async Task Records_that_say_otherwise_than_their_seeds_are_a_finding(CollisionPolicy? policy, int findings)
    {
        await using var database = await CreateAsync();
        var json = Json.Replace("\"DE\"", "\"secret\"", StringComparison.Ordinal).Replace("\"AT\"", "\"other\"", StringComparison.Ordinal);

        var result = await database.ImportAsync(Backup.FromJson(json), new ImportOptions { OnCollision = policy }, Cancel);

        Assert.Equal(findings, result.Findings.Count);
        if (result.Findings is [var finding])
        {
            Assert.Equal((ImportFindingKind.SeededRow, "seeded.country", 2L), (finding.Kind, finding.Model?.Value, finding.Records));
            Assert.StartsWith("2 records of 'seeded.country' (pk 1, 2) stand for rows that came with the tables", finding.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", finding.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Record_of_a_seed_that_the_database_has_not_is_written()
    {
        await using var database = await CreateAsync();
        await database.RunAsync("DELETE FROM \"Rights\"; DELETE FROM \"Countries\" WHERE \"Id\" = 2; DELETE FROM \"Roles\"");

        await database.ImportAsync(Backup.FromJson(Json), null, Cancel);

        await using var context = database.CreateContext();
        Assert.Equal(["AT", "CH", "DE"], (await context.Countries.Select(row => row.Code).ToListAsync(Cancel)).Order(StringComparer.Ordinal));
        Assert.Equal("buyer", (await context.Roles.SingleAsync(Cancel)).Name);
    }

    [Fact]
    public async Task Policy_that_changes_values_keeps_records_apart()
    {
        await using var database = await CreateAsync();

        await database.ImportAsync(
            Backup.FromJson("""[{"model": "seeded.country", "pk": 1, "fields": {"code": "DE"}}]"""), new ImportOptions { OnCollision = CollisionPolicy.Suffix }, Cancel);

        await using var context = database.CreateContext();
        Assert.Equal(3, await context.Countries.CountAsync(Cancel));
    }

    private Task<TestDatabase<SeededContext>> CreateAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<SeededContext> { Target = engine.Target, CreateContext = static options => new SeededContext(options) }, Cancel);

    private sealed class Country
    {
        public int Id { get; set; }

        public required string Code { get; set; }
    }

    private sealed class Role
    {
        public Guid Id { get; set; }

        public required string Name { get; set; }
    }

    private sealed class Unit
    {
        public required string Id { get; set; }

        public int Factor { get; set; }
    }

    private sealed class Right
    {
        public Guid RoleId { get; set; }

        public Role? Role { get; set; }

        public int CountryId { get; set; }

        public Country? Country { get; set; }
    }

    private sealed class Customer
    {
        public int Id { get; set; }

        public required string Name { get; set; }

        public int CountryId { get; set; }

        public Country? Country { get; set; }

        public Guid RoleId { get; set; }

        public Role? Role { get; set; }

        public required string UnitId { get; set; }

        public Unit? Unit { get; set; }
    }

    private sealed class SeededContext(DbContextOptions<SeededContext> options) : DbContext(options)
    {
        public DbSet<Country> Countries => Set<Country>();

        public DbSet<Role> Roles => Set<Role>();

        public DbSet<Unit> Units => Set<Unit>();

        public DbSet<Right> Rights => Set<Right>();

        public DbSet<Customer> Customers => Set<Customer>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            var buyer = new Guid("3b241101-e2bb-4255-8caf-4136c566a962");
            modelBuilder.Entity<Country>().HasIndex(row => row.Code).IsUnique();
            modelBuilder.Entity<Country>().HasData(new Country { Id = 1, Code = "DE" }, new Country { Id = 2, Code = "AT" });
            modelBuilder.Entity<Role>().HasData(new Role { Id = buyer, Name = "buyer" });
            modelBuilder.Entity<Unit>().HasData(new Unit { Id = "kg", Factor = 1000 }, new Unit { Id = "g", Factor = 1 });
            modelBuilder.Entity<Right>().HasKey(row => new { row.RoleId, row.CountryId });
            modelBuilder.Entity<Right>().HasData(new Right { RoleId = buyer, CountryId = 1 });
        }
    }
}

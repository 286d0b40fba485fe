using CsCheck;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Models;

/// <summary>Types of a hierarchy that have fields of one name and different types: each record is read by its own type's.</summary>
public abstract class HierarchyFieldSpecification(DatabaseUnderTest engine)
{
    private const string Records = """
        [{"model": "fleet.person", "pk": 1, "fields": {"name": "p"}},
         {"model": "fleet.firm", "pk": "aaaaaaaa-0000-4000-8000-000000000001", "fields": {"name": "f"}},
         {"model": "fleet.car", "pk": 1, "fields": {"code": 5, "owner_id": 1, "built": "2024-02-03", "price": "1.50"}},
         {"model": "fleet.ship", "pk": 2, "fields": {"code": "5", "owner_id": "aaaaaaaa-0000-4000-8000-000000000001", "built": "last year", "price": 2}},
         {"model": "fleet.ship", "pk": 3, "fields": {"code": "x", "owner_id": null, "built": "2024-02-03", "price": 3}},
         {"model": "fleet.plane", "pk": 4, "fields": {"code": "bbbbbbbb-0000-4000-8000-000000000002", "owner_id": "nobody's", "built": 1999, "price": true}}]
        """;

    private static readonly string[] Expected = ["Car 5 p 2024-02-03 1.50", "Ship 5 f last year 2", "Ship x - 2024-02-03 3", "Plane bbbbbbbb-0000-4000-8000-000000000002 nobody's 1999 True"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Strategies => ["TPH", "TPT", "TPC"];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Each_type_reads_its_own_fields(string strategy)
    {
        await using var database = await CreateAsync(strategy);

        var result = await database.ImportAsync(
            Backup.FromJson(Records), new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.Drop, UnknownFields = DriftPolicy.Refuse }, Cancel);

        Assert.Empty(result.Dropped);
        Assert.Equal(Expected, await RowsAsync(database));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task References_of_one_name_lead_to_what_their_type_means(string strategy)
    {
        await using var database = await CreateAsync(strategy);
        var broken = Records.Replace("\"owner_id\": 1", "\"owner_id\": 9", StringComparison.Ordinal)
            .Replace("\"owner_id\": null", "\"owner_id\": \"cccccccc-0000-4000-8000-000000000003\"", StringComparison.Ordinal);

        var result = await database.ImportAsync(
            Backup.FromJson(broken), new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.Drop }, Cancel);

        Assert.Equal(["/2", "/4"], result.Dropped.Select(drop => drop.Place.Pointer));
        Assert.Equal(["fleet.person", "fleet.firm"], result.Dropped.Select(drop => drop.Causes[0].Target.Value));
        Assert.Equal([Expected[1], Expected[3]], await RowsAsync(database));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Taken_values_are_found_in_each_types_own_form(string strategy)
    {
        await using var database = await CreateAsync(strategy);
        await database.ImportAsync(Backup.FromJson(Records), null, Cancel);
        var before = await engine.FingerprintAsync(database);

        var fail = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Backup.FromJson(Records), Options(CollisionPolicy.Fail), Cancel));
        Assert.Equal(["/2", "/3", "/4", "/5"], fail.Problems.Select(problem => problem.Place.Pointer).Order(StringComparer.Ordinal));
        Assert.All(fail.Problems, problem => Assert.Equal(BackupProblemKind.Collision, problem.Kind));

        Assert.Equal(before, await engine.FingerprintAsync(database));
        var again = await database.ImportAsync(Backup.FromJson(Records), Options(CollisionPolicy.Merge), Cancel);
        Assert.Equal(4, again.Models.Single(counts => counts.Model.Value == "fleet.vehicle").Existing);
        Assert.Equal(Expected, await RowsAsync(database));

        await database.ResetAsync(Cancel);
        var cars = Records.Replace("\"code\": 5,", "\"code\": 6,", StringComparison.Ordinal);
        await database.ImportAsync(Backup.FromJson(cars), null, Cancel);
        var suffixed = await database.ImportAsync(Backup.FromJson(Records), Options(CollisionPolicy.Regenerate), Cancel);
        Assert.Equal(6, suffixed.Map.Count);
        await using var context = database.CreateContext();
        Assert.Equal([5, 6], await context.Set<Car>().Select(row => row.Code).Order().ToListAsync(Cancel));
        Assert.Equal(4, await context.Set<Ship>().Select(row => row.Code).Distinct().CountAsync(Cancel));
        Assert.Equal(2, await context.Set<Plane>().Select(row => row.Code).Distinct().CountAsync(Cancel));
        Assert.Equal(
            [null, "regenerated", "regenerated", "regenerated"],
            suffixed.Map.ToSnapshot().Split('\n').Where(line => line.StartsWith("fleet.vehicle ", StringComparison.Ordinal) && line.Contains(" -> ", StringComparison.Ordinal))
                .Select(line => line.Contains("code=", StringComparison.Ordinal) ? line[(line.IndexOf("code=", StringComparison.Ordinal) + 5)..].Trim() : null));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Generated_records_come_back_from_an_export(string strategy)
    {
        await using var database = await CreateAsync(strategy);
        await Gen.Int[0, int.MaxValue].SampleAsync(
            async seed =>
            {
                await database.ResetAsync(Cancel);
                using var made = new MemoryStream();
                await SyntheticBackup.For(database.Model, new SyntheticBackupOptions { Seed = seed, RecordsPerModel = 9 }).WriteAsync(made, Cancel);
                var result = await database.ImportAsync(
                    Backup.FromJson(System.Text.Encoding.UTF8.GetString(made.ToArray())),
                    new ImportOptions { UnknownFields = DriftPolicy.Refuse, UnresolvedReferences = UnresolvedReferencePolicy.Drop },
                    Cancel);

                Assert.Equal((0, result.RecordCount), (result.Dropped.Count, (long)result.Map.Count));
                await RoundTrip.ValidateAsync(database, cancellationToken: Cancel);
            },
            iter: 5,
            threads: 1);
    }

    private static ImportOptions Options(CollisionPolicy policy) => new()
    {
        Models = new Dictionary<ModelLabel, ModelOptions>
        {
            [ModelLabel.Parse("fleet.vehicle")] = new() { OnCollision = policy },
            [ModelLabel.Parse("fleet.firm")] = new() { OnCollision = CollisionPolicy.Merge },
        },
    };

    private static async Task<List<string>> RowsAsync(TestDatabase<FleetContext> database)
    {
        await using var context = database.CreateContext();
        var rows = await context.Set<Vehicle>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancel);
        var people = await context.Set<Person>().ToDictionaryAsync(row => row.Id, row => row.Name, Cancel);
        var firms = await context.Set<Firm>().ToDictionaryAsync(row => row.Id, row => row.Name, Cancel);
        return [.. rows.Select(row => FormattableString.Invariant(row switch
        {
            Car car => $"Car {car.Code} {people[car.OwnerId]} {car.Built:yyyy-MM-dd} {car.Price:0.00}",
            Ship ship => $"Ship {ship.Code} {(ship.OwnerId is { } owner ? firms[owner] : "-")} {ship.Built} {ship.Price}",
            Plane plane => $"Plane {plane.Code} {plane.OwnerId} {plane.Built} {plane.Price}",
            _ => throw new InvalidOperationException(),
        }))];
    }

    private Task<TestDatabase<FleetContext>> CreateAsync(string strategy) => TestDatabase.CreateAsync(
        new TestDatabaseOptions<FleetContext>
        {
            Target = engine.Target,
            ModelOptions = new RelocationModelOptions { App = "fleet" },
            CreateContext = strategy switch
            {
                "TPT" => static options => new TptContext(options),
                "TPC" => static options => new TpcContext(options),
                _ => static options => new FleetContext(options),
            },
        },
        Cancel);

    private sealed class Person
    {
        public int Id { get; set; }

        public required string Name { get; set; }
    }

    private sealed class Firm
    {
        public Guid Id { get; set; }

        public required string Name { get; set; }
    }

    private abstract class Vehicle
    {
        public int Id { get; set; }
    }

    private sealed class Car : Vehicle
    {
        public int Code { get; set; }

        public int OwnerId { get; set; }

        public DateOnly Built { get; set; }

        public decimal Price { get; set; }
    }

    private sealed class Ship : Vehicle
    {
        public required string Code { get; set; }

        public Guid? OwnerId { get; set; }

        public required string Built { get; set; }

        public double Price { get; set; }
    }

    private sealed class Plane : Vehicle
    {
        public Guid Code { get; set; }

        public required string OwnerId { get; set; }

        public int Built { get; set; }

        public bool Price { get; set; }
    }

    private class FleetContext(DbContextOptions options) : DbContext(options)
    {
        protected virtual void Map(ModelBuilder modelBuilder) => modelBuilder.Entity<Vehicle>().UseTphMappingStrategy();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Firm>().HasIndex(row => row.Name).IsUnique();
            modelBuilder.Entity<Vehicle>();
            Map(modelBuilder);
            modelBuilder.Entity<Car>(car =>
            {
                car.HasIndex(row => row.Code).IsUnique();
                car.Property(row => row.Price).HasPrecision(10, 2);
                car.HasOne<Person>().WithMany().HasForeignKey(row => row.OwnerId);
            });
            modelBuilder.Entity<Ship>(ship =>
            {
                ship.HasIndex(row => row.Code).IsUnique();
                ship.HasOne<Firm>().WithMany().HasForeignKey(row => row.OwnerId);
            });
            modelBuilder.Entity<Plane>().HasIndex(row => row.Code).IsUnique();
        }
    }

    private sealed class TptContext(DbContextOptions options) : FleetContext(options)
    {
        protected override void Map(ModelBuilder modelBuilder) => modelBuilder.Entity<Vehicle>().UseTptMappingStrategy();
    }

    private sealed class TpcContext(DbContextOptions options) : FleetContext(options)
    {
        protected override void Map(ModelBuilder modelBuilder) => modelBuilder.Entity<Vehicle>().UseTpcMappingStrategy();
    }
}

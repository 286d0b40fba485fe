using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>Every counter of an imported table stands at its highest value at least, also of columns that are no key.</summary>
[Case("sequences")]
public sealed class CountedColumnTests(PostgreSqlFixture fixture)
{
    private const string Json = """
        [{"model": "counting.invoice", "pk": 40, "fields": {"number": 1000, "line": 1, "serial": 9, "exact": "77", "own": 8}},
         {"model": "counting.invoice", "pk": 41, "fields": {"number": 1001, "line": 2, "serial": 3, "exact": "12", "own": 6}},
         {"model": "counting.visit", "pk": [7, 1], "fields": {}}, {"model": "counting.visit", "pk": [7, 12], "fields": {}},
         {"model": "counting.badge", "pk": 31, "fields": {}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Next_values_are_free(bool isResumable)
    {
        await using var database = await CreateAsync();

        await database.ImportAsync(Backup.FromJson(Json), new ImportOptions { ResumeId = isResumable ? Guid.NewGuid() : null, ChunkSize = 1 }, Cancel);

        await using var context = database.CreateContext();
        var (invoice, visit, badge) = (new Invoice(), new Visit { Site = 7 }, new Badge());
        context.AddRange(invoice, visit, badge);
        await context.SaveChangesAsync(Cancel);
        Assert.Equal((1002L, 3, 10, 78m), (invoice.Number, invoice.Line, invoice.Serial, invoice.Exact));
        Assert.Equal((13, 32), (visit.Id, badge.Id));
        Assert.Equal("9", await database.TextAsync("SELECT nextval('owned')"));
    }

    [Fact]
    public async Task Counter_that_is_ahead_stays_where_it_is()
    {
        await using var database = await CreateAsync();
        await database.RunAsync("SELECT setval('invoice_numbers', 5000)");

        await database.ImportAsync(Backup.FromJson(Json), null, Cancel);

        Assert.Equal("5001", await database.TextAsync("SELECT nextval('invoice_numbers')"));
    }

    [Fact]
    public async Task Import_that_is_rolled_back_leaves_counters_where_they_were()
    {
        await using var database = await CreateAsync();
        var before = await fixture.UnderTest.StateAsync(database);

        await using (var connection = await database.OpenConnectionAsync(Cancel))
        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            await new BackupImporter(database.Model, database.Engine).ImportAsync(transaction, Backup.FromJson(Json), Cancel);
        }

        Assert.Equal(before, await fixture.UnderTest.StateAsync(database));
    }

    private Task<TestDatabase<CountingContext>> CreateAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<CountingContext>
        {
            Target = fixture.UnderTest.Target,
            CreateContext = static options => new CountingContext(options),
            Seed = static (context, _) => context.Database.ExecuteSqlRawAsync("CREATE SEQUENCE owned OWNED BY \"Invoices\".\"Own\"", Cancel),
        },
        Cancel);

    private sealed class Invoice
    {
        public int Id { get; set; }

        public long Number { get; set; }

        public int Line { get; set; }

        public int Serial { get; set; }

        public decimal Exact { get; set; }

        public int Own { get; set; }
    }

    private sealed class Visit
    {
        public int Site { get; set; }

        public int Id { get; set; }
    }

    /// <summary>Its key is kept.</summary>
    private sealed class Badge
    {
        public int Id { get; set; }
    }

    private sealed class CountingContext(DbContextOptions<CountingContext> options) : DbContext(options)
    {
        public DbSet<Invoice> Invoices => Set<Invoice>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasSequence<long>("invoice_numbers").StartsAt(1000);
            modelBuilder.HasSequence<long>("exact_numbers");
            modelBuilder.Entity<Invoice>(invoice =>
            {
                invoice.Property(row => row.Number).HasDefaultValueSql("nextval('invoice_numbers')");
                invoice.HasIndex(row => row.Number).IsUnique();
                invoice.Property(row => row.Line).UseIdentityByDefaultColumn();
                invoice.Property(row => row.Serial).UseSerialColumn();
                invoice.Property(row => row.Exact).HasColumnType("numeric(20,0)").HasDefaultValueSql("nextval('exact_numbers')");
            });
            modelBuilder.Entity<Visit>(visit =>
            {
                visit.HasKey(row => new { row.Site, row.Id });
                visit.Property(row => row.Id).UseIdentityByDefaultColumn();
            });
            modelBuilder.Entity<Badge>().HasKeyPolicy(KeyPolicy.Preserve);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Backups as Django writes them: names of references without their endings, natural keys.</summary>
public abstract class DjangoNameSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Case("field-names")]
    [InlineData("organization")]
    [InlineData("Organization")]
    [InlineData("organization_id")]
    [InlineData("OrganizationId")]
    [InlineData("owner_org")]
    [InlineData("company")]
    public async Task Reference_has_the_name_of_its_property_or_column_without_the_ending(string name)
    {
        await using var database = await CreateAsync();

        var result = await database.ImportAsync(
            Backup.FromJson($$"""[{"model": "people.org", "pk": 3, "fields": {} }, {"model": "people.person", "pk": 1, "fields": {"name": "n", "{{name}}": 3} }]"""),
            new ImportOptions { UnknownFields = DriftPolicy.Refuse },
            Cancel);

        Assert.Equal(2, result.Map.Count);
        await using var context = database.CreateContext();
        Assert.NotNull((await context.People.Include(row => row.OwnerOrg).SingleAsync(Cancel)).OwnerOrg);
    }

    [Fact]
    [Case("field-names")]
    public async Task Name_that_another_property_has_stays_its_own()
    {
        await using var database = await CreateAsync();

        await database.ImportAsync(
            Backup.FromJson("""[{"model": "people.org", "pk": 3, "fields": {}}, {"model": "people.person", "pk": 1, "fields": {"name": "n", "organization_id": 3, "boss": "b", "boss_id": null}}]"""),
            new ImportOptions { UnknownFields = DriftPolicy.Refuse },
            Cancel);

        await using var context = database.CreateContext();
        Assert.Equal("b", (await context.People.SingleAsync(Cancel)).Boss);
    }

    [Theory]
    [Case("natural-keys")]
    [InlineData("""{"model": "people.person", "fields": {"name": "n", "organization": 3}}""", "/1", "--natural-primary")]
    [InlineData("""{"model": "people.person", "pk": 1, "fields": {"name": "n", "organization": ["o"]}}""", "/1/fields/organization", "--natural-foreign")]
    [InlineData("""{"model": "people.person", "pk": 1, "fields": {"name": "n", "organization": ["o", "p"]}}""", "/1/fields/organization", "--natural-foreign")]
    [InlineData("""{"model": "people.person", "pk": 1, "fields": {"name": "n", "organization": 3, "friends": [["o"], ["p"]]}}""", "/1/fields/friends/0", "--natural-foreign")]
    public async Task Natural_keys_are_said_to_be_that_with_the_option_that_leaves_them_out(string record, string pointer, string option)
    {
        await using var database = await CreateAsync();
        var before = await engine.FingerprintAsync(database);

        var refusal = await Record.ExceptionAsync(() => database.ImportAsync(
            Backup.FromJson($"[{{\"model\": \"people.org\", \"pk\": 3, \"fields\": {{}}}}, {record}]"), null, Cancel));

        var problem = (refusal as ImportException)?.Problems[0] ?? Assert.IsType<BackupFormatException>(refusal).Problems[0];
        Assert.Equal(pointer, problem.Place.Pointer);
        Assert.Contains("natural key", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"dumpdata option {option}", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    private Task<TestDatabase<PeopleContext>> CreateAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<PeopleContext> { Target = engine.Target, CreateContext = static options => new PeopleContext(options) }, Cancel);

    private sealed class Org
    {
        public int Id { get; set; }
    }

    private sealed class Person
    {
        public int Id { get; set; }

        public required string Name { get; set; }

        public int OrganizationId { get; set; }

        public Org? OwnerOrg { get; set; }

        public string? Boss { get; set; }

        public int? BossId { get; set; }

        public Person? Superior { get; set; }

        public List<Org> Friends { get; } = [];
    }

    private sealed class PeopleContext(DbContextOptions<PeopleContext> options) : DbContext(options)
    {
        public DbSet<Person> People => Set<Person>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Person>(person =>
        {
            person.Property(row => row.OrganizationId).HasColumnName("company_id");
            person.HasOne(row => row.OwnerOrg).WithMany().HasForeignKey(row => row.OrganizationId);
            person.HasOne(row => row.Superior).WithMany().HasForeignKey(row => row.BossId);
            person.HasMany(row => row.Friends).WithMany();
        });
    }
}

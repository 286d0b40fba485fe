using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Everything;

namespace Relocation.Testing.Specification.Models;

/// <summary>What is refused or left out where a backup does not fit a mapping.</summary>
public abstract class MappingSpecification(DatabaseUnderTest engine)
{
    private const string People = """
        {"model": "everything.skill", "pk": 5, "fields": {"title": "t"}},
        {"model": "everything.person", "pk": 1, "fields": {"code": "7e7b1b1c-3f5c-4e2c-9e38-0f0e4f6d2a11", "name": "n", "address": {"street": "s"},
         "active": {"from": "2024-01-01"}, "notes": [], "skills": [5, 6], "phones": [{"number": "1", "skill_id": 5}, {"number": "2", "skill_id": 9}]}}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Elements_that_lead_nowhere_are_refused_with_their_places()
    {
        await using var database = await engine.EverythingAsync();
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Backup.FromJson($"[{People}]"), null, Cancel));

        Assert.Equal(["/1/fields/phones/1/skill_id", "/1/fields/skills/1"], refusal.Problems.Select(problem => problem.Place.Pointer).Order(StringComparer.Ordinal));
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Elements_that_lead_nowhere_are_left_out_alone_when_drops_are_asked_for()
    {
        await using var database = await engine.EverythingAsync();

        var result = await database.ImportAsync(
            Backup.FromJson($"[{People}]"), new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.Drop }, Cancel);

        Assert.Equal(2, result.Map.Count);
        Assert.Empty(result.Dropped);
        Assert.Equal(["/1/fields/phones/1", "/1/fields/skills/1"], result.DroppedElements.Select(drop => drop.Place.Pointer).Order(StringComparer.Ordinal));
        await using var context = database.CreateContext();
        var person = await context.Set<Person>().Include(row => row.Skills).SingleAsync(Cancel);
        Assert.Single(person.Skills);
        Assert.Single(person.Phones);
    }

    [Theory]
    [InlineData("""{"model": "everything.badge", "pk": 1, "fields": {"holder_code": "00000000-0000-0000-0000-000000000001"}}""", "leads to")]
    [InlineData("""{"model": "everything.vehicle", "pk": 1, "fields": {"plate": "p"}}""", "does not say of which type")]
    [InlineData("""{"model": "everything.cat", "pk": 1, "fields": {"name": "c", "kind": "dog", "lives": 9, "size": 1}}""", "names another type")]
    [InlineData("""{"model": "everything.cat", "pk": 1, "fields": {"name": "c", "size": 1}}""", "'lives' is absent")]
    [InlineData(
        """
        {"model": "everything.dog", "pk": 1, "fields": {"name": "d", "mood": "Calm", "size": 1}},
        {"model": "everything.dog", "pk": 2, "fields": {"name": "e", "mood": "Calm", "size": 1, "chased_id": 1}}
        """,
        "which is not one of everything.cat")]
    [InlineData("""{"model": "everything.dog", "pk": 1, "fields": {"name": "d", "mood": "Sleepy", "size": 1}}""", "'mood'")]
    public async Task Record_that_does_not_fit_its_mapping_is_refused(string records, string expected)
    {
        await using var database = await engine.EverythingAsync();
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Backup.FromJson($"[{records}]"), null, Cancel));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Alternate_key_that_only_the_database_has_is_found_there()
    {
        await using var database = await engine.EverythingAsync();
        await database.ImportAsync(Backup.FromJson($"[{People.Replace(", 6]", "]", StringComparison.Ordinal).Replace("\"skill_id\": 9", "\"skill_id\": 5", StringComparison.Ordinal)}]"), null, Cancel);

        await database.ImportAsync(
            Backup.FromJson("""[{"model": "everything.badge", "pk": 1, "fields": {"holder_code": "7e7b1b1c-3f5c-4e2c-9e38-0f0e4f6d2a11"}}]"""), null, Cancel);

        await using var context = database.CreateContext();
        Assert.Equal("n", (await context.Set<Badge>().Include(row => row.Holder).SingleAsync(Cancel)).Holder!.Name);
    }

    [Fact]
    public async Task Lists_of_complex_objects_in_a_json_column_read_back()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<LotContext> { Target = engine.Target, CreateContext = static options => new LotContext(options) }, Cancel);
        await database.ImportAsync(
            Backup.FromJson("""
                [{"model": "lot.lot", "pk": 4, "fields": {"items": [{"Name": "a", "Count": 1, "Inner": {"Note": "n"}, "Marks": ["x"]},
                   {"Name": "b", "Count": 2, "Inner": {"Note": null}, "Marks": []}]}},
                 {"model": "lot.lot", "pk": 5, "fields": {"items": []}}]
                """),
            new ImportOptions { UnknownFields = DriftPolicy.Refuse },
            Cancel);
        using var stream = new MemoryStream();
        await SyntheticBackup.For(database.Model, new SyntheticBackupOptions { RecordsPerModel = 20 }).WriteAsync(stream, Cancel);
        var result = await database.ImportAsync(Backup.FromJson(System.Text.Encoding.UTF8.GetString(stream.ToArray())), null, Cancel);

        await using var context = database.CreateContext();
        var lots = await context.Lots.AsNoTracking().OrderBy(lot => lot.Id).ToListAsync(Cancel);
        Assert.Equal(["a1n x", "b2 "], lots[0].Items.Select(item => $"{item.Name}{item.Count}{item.Inner.Note} {string.Join(',', item.Marks)}"));
        Assert.Empty(lots[1].Items);
        Assert.True(result.Drift.IsEmpty);
        var invented = System.Text.Json.JsonElement.Parse(stream.ToArray()).EnumerateArray()
            .SelectMany(record => record.GetProperty("fields").GetProperty("items").EnumerateArray())
            .Select(item => $"{item.GetProperty("Name").GetString()} {item.GetProperty("Count").GetInt32()}").ToList();
        Assert.NotEmpty(invented);
        Assert.Equal(invented, lots.Skip(2).SelectMany(lot => lot.Items).Select(item => $"{item.Name} {item.Count}"));
    }

    [Fact]
    public async Task Member_refers_to_a_row_that_only_the_database_has_though_fields_of_its_record_were_renamed()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<CaseContext>
            {
                Target = engine.Target,
                CreateContext = static options => new CaseContext(options),
                ModelOptions = new RelocationModelOptions { BackupRules = [BackupRule.FieldRenamed("case.case", "title", "name"), BackupRule.FieldDropped("case.case", "colour")] },
            },
            Cancel);
        await database.ImportAsync(Backup.FromJson("""[{"model": "case.maker", "pk": 1, "fields": {"code": "m"}}]"""), null, Cancel);

        await database.ImportAsync(
            Backup.FromJson("""[{"model": "case.case", "pk": 1, "fields": {"title": "t", "colour": "red", "parts": [{"maker_code": "m"}]}}]"""),
            new ImportOptions { UnknownFields = DriftPolicy.Refuse },
            Cancel);

        await using var context = database.CreateContext();
        var read = await context.Set<Case>().SingleAsync(Cancel);
        Assert.Equal(("t", "m"), (read.Name, Assert.Single(read.Parts).MakerCode));
    }

    private sealed class Lot
    {
        public int Id { get; set; }

        public List<Item> Items { get; set; } = [];
    }

    private sealed class Item
    {
        public required string Name { get; set; }

        public int Count { get; set; }

        public required Inner Inner { get; set; }

        public List<string> Marks { get; set; } = [];
    }

    private sealed class Inner
    {
        public string? Note { get; set; }
    }

    private sealed class LotContext(DbContextOptions<LotContext> options) : DbContext(options)
    {
        public DbSet<Lot> Lots => Set<Lot>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Lot>()
            .ComplexCollection(lot => lot.Items, item => item.ToJson().ComplexProperty(row => row.Inner));
    }

    private sealed class Maker
    {
        public int Id { get; set; }

        public required string Code { get; set; }
    }

    private sealed class Case
    {
        public int Id { get; set; }

        public required string Name { get; set; }

        public List<Part> Parts { get; } = [];
    }

    private sealed class Part
    {
        public required string MakerCode { get; set; }
    }

    private sealed class CaseContext(DbContextOptions<CaseContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Maker>().HasAlternateKey(row => row.Code);
            modelBuilder.Entity<Case>().OwnsMany(
                row => row.Parts, part => part.HasOne<Maker>().WithMany().HasForeignKey(row => row.MakerCode).HasPrincipalKey(row => row.Code));
        }
    }
}

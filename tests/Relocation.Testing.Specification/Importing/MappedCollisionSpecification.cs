using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Museum;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Collisions where EF Core's mappings put unique values: in tables of types, in tables of owned rows, in alternate keys.</summary>
public abstract class MappedCollisionSpecification(DatabaseUnderTest engine)
{
    private const string People = """
        [{"model": "museum.visitor", "pk": 1, "fields": {"card": "A", "email": "a@b.c",
           "tickets": [{"code": "t1", "entries": [{"day": "2024-01-01"}, {"day": "2024-01-02"}]}, {"code": "t2", "entries": []}]}},
         {"model": "museum.visitor", "pk": 2, "fields": {"card": "B", "email": "d@e.f", "tickets": []}},
         {"model": "museum.pass", "pk": 1, "fields": {"card": "A", "year": 2024}},
         {"model": "museum.pass", "pk": 2, "fields": {"card": "B", "year": 2024}}]
        """;

    private const string Exhibits = """
        [{"model": "museum.painting", "pk": 1, "fields": {"inventory": "i1", "title": "Sea", "tours": [7]}},
         {"model": "museum.painting", "pk": 2, "fields": {"inventory": "i2", "title": "Sky", "tours": [7]}},
         {"model": "museum.sculpture", "pk": 3, "fields": {"inventory": "i3", "weight": 10, "tours": []}},
         {"model": "museum.tour", "pk": 7, "fields": {"name": "all"}},
         {"model": "museum.handcart", "pk": "00000000-0000-0000-0000-000000000001", "fields": {"plate": "p1", "wheels": 2}},
         {"model": "museum.liftcart", "pk": "00000000-0000-0000-0000-000000000002", "fields": {"plate": "p1", "load": 5}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CollisionPolicy.Suffix)]
    [InlineData(CollisionPolicy.Regenerate)]
    public async Task Reference_to_an_alternate_key_follows_its_new_value(CollisionPolicy policy)
    {
        await using var database = await CreateAsync();
        await database.ImportAsync(Backup.FromJson(People), null, Cancel);

        await database.ImportAsync(Backup.FromJson(People), new ImportOptions { OnCollision = policy }, Cancel);

        await using var context = database.CreateContext();
        var passes = await context.Set<Pass>().Include(row => row.Visitor).OrderBy(row => row.Id).ToListAsync(Cancel);
        Assert.Equal([1, 2, 3, 4], passes.Select(pass => pass.Visitor!.Id));
        Assert.Equal(4, passes.Select(pass => pass.Card).Distinct().Count());
        Assert.Equal(["A", "B"], passes.Take(2).Select(pass => pass.Card));
        var codes = await context.Visitors.SelectMany(row => row.Tickets).Select(row => row.Code).ToListAsync(Cancel);
        Assert.Equal((4, 4), (codes.Count, codes.Distinct().Count()));
        Assert.Contains("t1", codes);
    }

    [Fact]
    public async Task Reference_to_an_alternate_key_follows_the_row_that_a_record_stands_for()
    {
        await using var database = await CreateAsync();
        await database.ImportAsync(Backup.FromJson(People), null, Cancel);

        // The cards are others now; by their addresses the visitors are those that are there, or an earlier one of the backup.
        var others = People.Replace("\"A\"", "\"X\"", StringComparison.Ordinal).Replace("\"B\"", "\"Y\"", StringComparison.Ordinal)
            .Replace("2024}}]", "2025}}, {\"model\": \"museum.pass\", \"pk\": 3, \"fields\": {\"card\": \"Z\", \"year\": 1}}, "
                + "{\"model\": \"museum.pass\", \"pk\": 4, \"fields\": {\"card\": \"W\", \"year\": 1}}, "
                + "{\"model\": \"museum.visitor\", \"pk\": 3, \"fields\": {\"card\": \"Z\", \"email\": \"n@n.n\"}}, "
                + "{\"model\": \"museum.visitor\", \"pk\": 4, \"fields\": {\"card\": \"W\", \"email\": \"n@n.n\"}}]", StringComparison.Ordinal);
        var result = await database.ImportAsync(Backup.FromJson(others), new ImportOptions { OnCollision = CollisionPolicy.Merge }, Cancel);

        Assert.Equal(["A|2024", "B|2024", "B|2025", "Z|1"], (await database.TextAsync("""SELECT "Card", "Year" FROM "Pass" ORDER BY 1, 2""")).Split('\n'));
        Assert.Equal(3, result.Map.Entries.Count(entry => entry.Model.Value == "museum.pass" && entry.Kind == KeyMappingKind.Existing) + 1);
        Assert.Equal("3", await database.TextAsync("""SELECT count(*) FROM "Visitors" """));
    }

    [Fact]
    public async Task Records_of_all_types_are_merged_with_rows_of_their_tables()
    {
        await using var database = await CreateAsync();
        var first = await database.ImportAsync(Backup.FromJson(Exhibits), null, Cancel);
        var before = await engine.FingerprintAsync(database);

        var second = await database.ImportAsync(Backup.FromJson(Exhibits), new ImportOptions { OnCollision = CollisionPolicy.Merge }, Cancel);

        Assert.Equal(before, await engine.FingerprintAsync(database));
        Assert.Equal(first.Map.Entries.Select(entry => (entry.Old, entry.New)), second.Map.Entries.Select(entry => (entry.Old, entry.New)));
        Assert.All(second.Map.Entries, entry => Assert.Equal(KeyMappingKind.Existing, entry.Kind));
    }

    [Fact]
    public async Task Values_of_derived_tables_are_suffixed_where_they_are_taken()
    {
        await using var database = await CreateAsync();
        await database.ImportAsync(Backup.FromJson(Exhibits), null, Cancel);

        await database.ImportAsync(Backup.FromJson(Exhibits), new ImportOptions { OnCollision = CollisionPolicy.Suffix }, Cancel);

        await using var context = database.CreateContext();
        var titles = await context.Set<Painting>().OrderBy(row => row.Id).Select(row => row.Title).ToListAsync(Cancel);
        Assert.Equal(4, titles.Distinct().Count());
        Assert.StartsWith("Sea-", titles[2], StringComparison.Ordinal);
        Assert.Equal(6, await context.Exhibits.Select(row => row.Inventory).Distinct().CountAsync(Cancel));

        // Tables of concrete types know nothing of each other's plates, but keys are one space.
        Assert.Equal(2, await context.Set<HandCart>().Select(row => row.Plate).Distinct().CountAsync(Cancel));
        Assert.Equal(4, await context.Set<Cart>().Select(row => row.Id).Distinct().CountAsync(Cancel));
        Assert.Equal(2, await context.Set<HandCart>().CountAsync(row => row.Plate == "p1" || row.Plate.StartsWith("p1-"), Cancel));
    }

    [Fact]
    public async Task Collisions_of_types_and_members_are_listed_before_the_database_refuses_them()
    {
        await using var database = await CreateAsync();
        await database.ImportAsync(Backup.FromJson(Exhibits), null, Cancel);
        await database.ImportAsync(Backup.FromJson(People), null, Cancel);
        var before = await engine.FingerprintAsync(database);
        var fail = new ImportOptions { OnCollision = CollisionPolicy.Fail };

        var exhibits = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Backup.FromJson(
            Exhibits.Replace("\"i2\"", "\"i9\"", StringComparison.Ordinal)), fail, Cancel));
        var tickets = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Backup.FromJson(
                """
                [{"model": "museum.visitor", "pk": 5, "fields": {"card": "E", "email": "e", "tickets": [{"code": "n"}, {"code": "n"}]}},
                 {"model": "museum.visitor", "pk": 6, "fields": {"card": "F", "email": "f", "tickets": [{"code": "t2"}]}}]
                """),
            fail,
            Cancel));

        Assert.Equal(["/0", "/1", "/2", "/3", "/4", "/5"], exhibits.Problems.Select(problem => problem.Place.Pointer).Order(StringComparer.Ordinal));
        Assert.Contains("same title already", exhibits.Message, StringComparison.Ordinal);
        Assert.Equal(["/0", "/1"], tickets.Problems.Select(problem => problem.Place.Pointer));
        Assert.Contains("Member 'tickets'", tickets.Message, StringComparison.Ordinal);
        Assert.All(exhibits.Problems.Concat(tickets.Problems), problem => Assert.Equal(BackupProblemKind.Collision, problem.Kind));
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Overwriting_replaces_the_members_that_a_record_has()
    {
        await using var database = await CreateAsync();
        await database.ImportAsync(Backup.FromJson(People), null, Cancel);
        await database.ImportAsync(Backup.FromJson(Exhibits), null, Cancel);
        var overwrite = new ImportOptions { OnCollision = CollisionPolicy.Overwrite };

        await database.ImportAsync(
            Backup.FromJson(
                """
                [{"model": "museum.visitor", "pk": 5, "fields": {"card": "A", "email": "new", "tickets": [{"code": "t2", "entries": [{"day": "2025-05-05"}]}]}},
                 {"model": "museum.visitor", "pk": 6, "fields": {"card": "B", "email": "kept"}}]
                """),
            overwrite,
            Cancel);
        var result = await database.ImportAsync(
            Backup.FromJson(
                """
                [{"model": "museum.painting", "pk": 1, "fields": {"inventory": "i1", "title": "Sea at night", "tours": [8]}},
                 {"model": "museum.painting", "pk": 2, "fields": {"inventory": "i2", "title": "Sky"}},
                 {"model": "museum.liftcart", "pk": "00000000-0000-0000-0000-000000000002", "fields": {"plate": "p3", "load": 6}},
                 {"model": "museum.tour", "pk": 8, "fields": {"name": "some"}}]
                """),
            overwrite,
            Cancel);

        await using var context = database.CreateContext();
        var visitor = await context.Visitors.SingleAsync(row => row.Card == "A", Cancel);
        Assert.Equal((1, "new"), (visitor.Id, visitor.Email));
        Assert.Equal(("t2", new DateOnly(2025, 5, 5)), (Assert.Single(visitor.Tickets).Code, Assert.Single(visitor.Tickets.First().Entries).Day));
        Assert.Equal("1", await database.TextAsync("""SELECT count(*) FROM "Entry" """));
        var paintings = await context.Set<Painting>().Include(row => row.Tours).OrderBy(row => row.Id).ToListAsync(Cancel);
        Assert.Equal(["Sea at night some", "Sky all"], paintings.Select(row => $"{row.Title} {Assert.Single(row.Tours).Name}"));
        Assert.Equal(6, (await context.Set<LiftCart>().SingleAsync(Cancel)).Load);
        Assert.Equal(3, result.Models.Sum(counts => counts.Overwritten));
    }

    [Fact]
    public async Task Record_does_not_stand_for_a_row_of_another_type()
    {
        await using var database = await CreateAsync();
        await database.ImportAsync(Backup.FromJson(Exhibits), null, Cancel);

        foreach (var policy in new[] { CollisionPolicy.Merge, CollisionPolicy.Overwrite })
        {
            var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
                Backup.FromJson("""[{"model": "museum.sculpture", "pk": 1, "fields": {"inventory": "i1", "weight": 1}}]"""),
                new ImportOptions { OnCollision = policy },
                Cancel));

            Assert.Contains("of another type", refusal.Message, StringComparison.Ordinal);
        }
    }

    private Task<TestDatabase<MuseumContext>> CreateAsync() =>
        TestDatabase.CreateAsync(
            new TestDatabaseOptions<MuseumContext> { Target = engine.Target, CreateContext = options => new MuseumContext(options) }, Cancel);
}

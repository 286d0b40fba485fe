using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Museum;

namespace Relocation.Testing.Specification.Importing;

/// <summary>A row that a trigger keeps from being written is never counted as written: the import is refused and names the record.</summary>
[Case("more/skips")]
public abstract class SkippingTriggerSpecification(DatabaseUnderTest engine)
{
    private static readonly Guid Id = new("11111111-2222-4333-8444-777777777777");

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("skips", false)]
    [InlineData("skips", true)]
    [InlineData("deletes", false)]
    [InlineData("deletes", true)]
    [InlineData("moves", false)]
    public async Task Row_that_a_trigger_swallows_is_refused_by_name(string how, bool isResumable)
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("mark", [_made.Field("value")]), _made.Entity("use", [_made.Field("mark")], Made.To("mark", "mark")));
        await database.RunAsync(Trigger(how));
        var before = await engine.FingerprintAsync(database);

        var backup = Made.Backup("""
            mark 1 {"value":7}
            mark 2 {"value":13}
            mark 3 {"value":8}
            use 1 {"mark":2}
            """);
        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(backup, new ImportOptions { ResumeId = isResumable ? Id : null }, Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal((BackupProblemKind.RowRefused, "made.mark", "2"), (problem.Kind, problem.Place.Model?.Value, problem.Place.Key.ToString()));
        Assert.Contains("skips it, removes it or gives it another key", problem.Message, StringComparison.Ordinal);
        Assert.Contains("--triggers hold-back", problem.Message, StringComparison.Ordinal);
        if (!isResumable)
        {
            Assert.Equal(before, await engine.FingerprintAsync(database));
        }
    }

    [Theory]
    [InlineData(2_500)]
    [InlineData(1_000)]
    [InlineData(1)]
    public async Task Record_is_named_wherever_among_many_it_stands(int rows)
    {
        await using var database = await engine.ModelAsync(_made.Entity("mark", [_made.Field("value")]));
        await database.RunAsync(Trigger("skips"));
        var lines = Enumerable.Range(1, rows).Select(key => $$"""mark {{key}} {"value":{{(key == rows ? 13 : 0)}}}""");

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Made.Backup(string.Join('\n', lines)), cancellationToken: Cancel));

        Assert.Equal(rows.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(refusal.Problems).Place.Key.ToString());
    }

    [Fact]
    public async Task Row_that_is_there_already_does_not_hide_that_its_record_was_skipped()
    {
        await using var database = await engine.ModelAsync(
            Made.Keyed("mark", _made.Key(FieldType.Integer, KeyPolicy.Preserve), [_made.Field("value")]));
        await database.RunAsync("INSERT INTO mark (id, value) VALUES (2, 1)");
        await database.RunAsync(Trigger("skips"));

        await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Made.Backup("""mark 2 {"value":13}"""), cancellationToken: Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_that_a_trigger_skips_is_refused(bool isResumable)
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("mark", [_made.Field("value"), _made.Field("note")]) with { Uniques = [new UniqueSet { Fields = ["value"], OnCollision = CollisionPolicy.Overwrite }] });
        await database.RunAsync("INSERT INTO mark (value, note) VALUES (13, 1)");
        await database.RunAsync(Trigger("skips updates"));

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("""mark 1 {"value":13,"note":2}"""), new ImportOptions { ResumeId = isResumable ? Id : null }, Cancel));

        Assert.Contains("'mark'", Assert.Single(refusal.Problems).Message, StringComparison.Ordinal);
        Assert.Contains("a trigger", refusal.Problems[0].Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("--triggers hold-back", refusal.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal("13|1", await database.TextAsync("SELECT value, note FROM mark"));
    }

    [Theory]
    [InlineData("Ticket", false)]
    [InlineData("Ticket", true)]
    [InlineData("Entry", false)]
    [InlineData("Entry", true)]
    [InlineData("ExhibitTour", false)]
    [InlineData("ExhibitTour", true)]
    [InlineData("Exhibit", false)]
    [InlineData("Painting", false)]
    [InlineData("Painting", true)]
    public async Task Skipped_rows_of_members_and_of_parts_of_a_record_are_refused_by_their_own_tables(string rows, bool isResumable)
    {
        await using var database = await MuseumAsync();
        await database.RunAsync(SkipAll(TableOf(database, rows), "INSERT"));

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Museum(), new ImportOptions { ResumeId = isResumable ? Id : null }, Cancel));

        Assert.Contains($"Table '{TableOf(database, rows)}' does not have the row", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletion_that_a_trigger_skips_is_refused()
    {
        await using var database = await MuseumAsync();
        await database.ImportAsync(Museum(), cancellationToken: Cancel);
        await database.RunAsync(SkipAll(TableOf(database, "Entry"), "DELETE"));
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Museum(), new ImportOptions { OnCollision = CollisionPolicy.Overwrite }, Cancel));

        Assert.Contains("are still there", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Rows_that_were_replaced_before_an_import_was_stopped_are_no_obstacle_to_its_end()
    {
        var backup = Backup.FromJson("""
            [{"model": "crate.crate", "pk": 1, "fields": {"code": "a", "pieces": [{"name": "p"}, {"name": "q"}]}},
             {"model": "crate.crate", "pk": 2, "fields": {"code": "b", "pieces": [{"name": "r"}]}}]
            """);
        var counted = ImportStop.Never();
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<CrateContext> { Target = engine.Target, CreateContext = static options => new CrateContext(options), Baseline = [backup] }, Cancel);
        await database.RunAsync(Watch("Pieces"));
        await database.ImportAsync(backup, Options(counted, Guid.NewGuid()), Cancel);
        for (var chunk = 2; chunk <= counted.Chunks; chunk++)
        {
            var id = Guid.NewGuid();
            await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(backup, Options(ImportStop.AtChunk(chunk), id), Cancel));

            var result = await database.ImportAsync(backup, Options(null, id), Cancel);

            Assert.Equal(chunk - 1, result.ResumedChunks);
            Assert.Equal("a|p\na|q\nb|r", await database.TextAsync("""SELECT c."Code", p."Name" FROM "Crates" c JOIN "Pieces" p ON p."CrateId" = c."Id" ORDER BY 1, 2"""));
        }

        static ImportOptions Options(ImportStop? stop, Guid id) => new() { OnCollision = CollisionPolicy.Overwrite, ResumeId = id, ChunkSize = 1, Stop = stop };
    }

    [Fact]
    public async Task Refusal_of_a_trigger_is_said_to_be_one_without_its_words()
    {
        await using var database = await engine.ModelAsync(_made.Entity("mark", [_made.Field("value")]));
        await database.RunAsync(Trigger("raises"));

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Made.Backup("mark 1 {\"value\":7}\nmark 2 {\"value\":13}"), cancellationToken: Cancel));

        Assert.Contains("A trigger refuses it", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(refusal.Problems).Place.Key.ToString());
    }

    private static Backup Museum() => Backup.FromJson("""
        [{"model": "museum.visitor", "pk": 1, "fields": {"card": "A", "email": "a@b.c", "tickets": [{"code": "t1", "entries": [{"day": "2024-01-01"}]}]}},
         {"model": "museum.painting", "pk": 1, "fields": {"inventory": "i1", "title": "Sea", "tours": [7]}},
         {"model": "museum.tour", "pk": 7, "fields": {"name": "all"}}]
        """);

    private static string TableOf(TestDatabase<MuseumContext> database, string rows)
    {
        using var context = database.CreateContext();
        return context.Model.GetEntityTypes().Single(type => type.ShortName() == rows).GetTableName()!;
    }

    private Task<TestDatabase<MuseumContext>> MuseumAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<MuseumContext> { Target = engine.Target, CreateContext = static options => new MuseumContext(options) }, Cancel);

    /// <summary>A trigger that lets every deletion be.</summary>
    private string Watch(string table) => engine.Target.Engine.Name == "SQLite"
        ? $"CREATE TRIGGER g AFTER DELETE ON \"{table}\" BEGIN SELECT 1; END"
        : $"""
            CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
            CREATE TRIGGER g AFTER DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION g();
            """;

    private string SkipAll(string table, string what) => engine.Target.Engine.Name == "SQLite"
        ? $"CREATE TRIGGER g BEFORE {what} ON \"{table}\" BEGIN SELECT RAISE(IGNORE); END"
        : $"""
            CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
            CREATE TRIGGER g BEFORE {what} ON "{table}" FOR EACH ROW EXECUTE FUNCTION g();
            """;

    private string Trigger(string how) => engine.Target.Engine.Name == "SQLite"
        ? how switch
        {
            "skips" => "CREATE TRIGGER g BEFORE INSERT ON mark WHEN new.value = 13 BEGIN SELECT RAISE(IGNORE); END",
            "raises" => "CREATE TRIGGER g BEFORE INSERT ON mark WHEN new.value = 13 BEGIN SELECT RAISE(ABORT, 'secret'); END",
            "deletes" => "CREATE TRIGGER g AFTER INSERT ON mark WHEN new.value = 13 BEGIN DELETE FROM mark WHERE id = new.id; END",
            "moves" => "CREATE TRIGGER g AFTER INSERT ON mark WHEN new.value = 13 BEGIN UPDATE mark SET id = 1000 WHERE id = new.id; END",
            _ => "CREATE TRIGGER g BEFORE UPDATE ON mark WHEN new.value = 13 BEGIN SELECT RAISE(IGNORE); END",
        }
        : how switch
        {
            "skips" => Function("BEFORE INSERT", "RETURN NULL;"),
            "raises" => Function("BEFORE INSERT", "RAISE EXCEPTION 'secret';"),
            "deletes" => Function("AFTER INSERT", "DELETE FROM mark WHERE id = new.id;"),
            "moves" => Function("BEFORE INSERT", "new.id := 1000;"),
            _ => Function("BEFORE UPDATE", "RETURN NULL;"),
        };

    private static string Function(string when, string then) => $"""
        CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.value = 13 THEN {then} END IF; RETURN new; END $$;
        CREATE TRIGGER g {when} ON mark FOR EACH ROW EXECUTE FUNCTION g();
        """;

    private sealed class Crate
    {
        public int Id { get; set; }

        public required string Code { get; set; }

        public List<Piece> Pieces { get; } = [];
    }

    private sealed class Piece
    {
        public required string Name { get; set; }
    }

    private sealed class CrateContext(DbContextOptions<CrateContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Crate>(crate =>
        {
            crate.ToTable("Crates").HasIndex(row => row.Code).IsUnique();
            crate.OwnsMany(row => row.Pieces).ToTable("Pieces");
        });
    }
}

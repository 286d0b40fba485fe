using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Triggers of users fire in an order that is right, are held back, or have their rows merged; what they add is said.</summary>
[Case("triggers")]
public abstract class TriggerSpecification(DatabaseUnderTest engine)
{
    private const string ClosureOfFolders =
        "leaf|leaf\nmiddle|leaf\nmiddle|middle\nmiddle|twig\nother|other\nroot|leaf\nroot|middle\nroot|other\nroot|root\nroot|twig\ntwig|leaf\ntwig|twig";

    private const string FolderLines = """
        folder 1 {"parent":4,"name":"leaf"}
        folder 2 {"parent":5,"name":"middle"}
        folder 3 {"parent":5,"name":"other"}
        folder 4 {"parent":2,"name":"twig"}
        folder 5 {"parent":null,"name":"root"}
        """;

    private static readonly Guid Id = new("11111111-2222-4333-8444-999999999999");

    private static readonly ModelLabel Path = ModelLabel.Parse("made.path");

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private bool IsSqlite => engine.Target.Engine.Name == "SQLite";

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task Triggers_see_references_to_their_own_table_and_parents_come_first(bool isResumable, bool isCounted)
    {
        await using var database = await FoldersAsync(isCounted);

        var result = await database.ImportAsync(Folders(), Options(TriggerPolicy.Fire, isResumable, chunkSize: 2), Cancel);

        Assert.Equal(ClosureOfFolders, await ClosureAsync(database));
        Assert.Equal([new TriggeredRows("path", 12)], result.TriggeredRows);
        Assert.Equal(5, result.Models.Sum(model => model.Inserted));
        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task Rows_that_refer_to_each_other_in_a_ring_or_to_themselves_are_imported_too()
    {
        await using var database = await FoldersAsync();

        await database.ImportAsync(
            Made.Backup("""
                folder 1 {"parent":3,"name":"a"}
                folder 2 {"parent":1,"name":"b"}
                folder 3 {"parent":2,"name":"c"}
                folder 4 {"parent":4,"name":"d"}
                """),
            cancellationToken: Cancel);

        Assert.Equal("a|c\nb|a\nc|b\nd|d", await database.TextAsync("SELECT f.name, p.name FROM folder f JOIN folder p ON p.id = f.parent ORDER BY 1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Backup_that_holds_what_triggers_make_is_refused_with_what_would_help(bool isResumable)
    {
        await using var database = await FoldersAsync();

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Whole(), Options(TriggerPolicy.Fire, isResumable), Cancel));

        Assert.Contains("--triggers hold-back", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--triggers merge", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Triggers_that_are_held_back_leave_the_backups_rows_alone_and_fire_again_afterwards(bool isResumable, bool isCounted)
    {
        await using var database = await FoldersAsync(isCounted);
        var before = await TriggersAsync(database);

        var result = await database.ImportAsync(Whole(), Options(TriggerPolicy.HoldBack, isResumable, chunkSize: 1), Cancel);

        Assert.Equal(ClosureOfFolders, await ClosureAsync(database));
        Assert.Empty(result.TriggeredRows);
        Assert.Equal(17, result.Models.Sum(model => model.Inserted));
        Assert.Equal(before, await TriggersAsync(database));
        await database.RunAsync("INSERT INTO folder (parent, name) SELECT id, 'new' FROM folder WHERE name = 'leaf'");
        Assert.Equal("5", await database.TextAsync("SELECT count(*) FROM path p JOIN folder f ON f.id = p.child WHERE f.name = 'new'"));
        await database.ResetAsync(Cancel);
        Assert.Equal(before, await TriggersAsync(database));
        Assert.Equal("0|0", await database.TextAsync("SELECT (SELECT count(*) FROM folder), (SELECT count(*) FROM path)"));
    }

    [Fact]
    public async Task Import_that_fails_anywhere_leaves_triggers_as_they_were()
    {
        await using var database = await FoldersAsync();
        var before = await TriggersAsync(database);
        var counted = ImportStop.Never();
        await database.ImportAsync(Whole(), new ImportOptions { Triggers = TriggerPolicy.HoldBack, Stop = counted }, Cancel);
        for (var statement = 1; statement <= counted.Statements; statement++)
        {
            await database.ResetAsync(Cancel);
            var stop = ImportStop.AtStatement(statement);
            await Assert.ThrowsAsync<ImportStoppedException>(
                () => database.ImportAsync(Whole(), new ImportOptions { Triggers = TriggerPolicy.HoldBack, Stop = stop }, Cancel));

            Assert.Equal((statement, before), (statement, await TriggersAsync(database)));
        }
    }

    [Fact]
    public async Task Resumable_import_leaves_triggers_as_they_were_between_its_chunks()
    {
        await using var database = await FoldersAsync();
        var before = await TriggersAsync(database);

        await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(
            Whole(), Options(TriggerPolicy.HoldBack, isResumable: true, chunkSize: 2, ImportStop.AtChunk(4)), Cancel));
        Assert.Equal(before, await TriggersAsync(database));
        await database.ImportAsync(Whole(), Options(TriggerPolicy.HoldBack, isResumable: true, chunkSize: 2), Cancel);

        Assert.Equal(before, await TriggersAsync(database));
        Assert.Equal(ClosureOfFolders, await ClosureAsync(database));
    }

    [Fact]
    public async Task Resumed_import_tells_the_rows_of_triggers_of_all_its_chunks()
    {
        await using var database = await FoldersAsync();

        await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(
            Folders(), Options(TriggerPolicy.Fire, isResumable: true, chunkSize: 1, ImportStop.AtChunk(4)), Cancel));
        var result = await database.ImportAsync(Folders(), Options(TriggerPolicy.Fire, isResumable: true, chunkSize: 1), Cancel);
        var again = await database.ImportAsync(Folders(), Options(TriggerPolicy.Fire, isResumable: true, chunkSize: 1), Cancel);

        Assert.Equal([new TriggeredRows("path", 12)], result.TriggeredRows);
        Assert.Equal(result.TriggeredRows, again.TriggeredRows);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task Records_are_merged_with_the_rows_that_triggers_made_of_their_unique_values(bool isResumable, bool isCounted)
    {
        await using var database = await FoldersAsync(isCounted);

        var result = await database.ImportAsync(Whole(), Options(TriggerPolicy.Merge, isResumable), Cancel);

        Assert.Equal(ClosureOfFolders, await ClosureAsync(database));
        var paths = Assert.Single(result.Models, model => model.Model == Path);
        Assert.Equal((0L, 12L), (paths.Inserted, paths.Overwritten));
        Assert.Equal("12", await database.TextAsync("SELECT count(*) FROM path WHERE note = 'kept'"));
        Assert.Equal([new TriggeredRows("path", 12)], result.TriggeredRows);
        Assert.Equal(12, result.Map.Entries.Count(entry => entry.Model == Path && entry.Kind == KeyMappingKind.Overwrite));
    }

    [Fact]
    public async Task Rows_that_were_there_before_are_not_merged()
    {
        await using var database = await engine.ModelAsync(Named("mark"), Named("log"));
        await database.RunAsync("INSERT INTO log (name) VALUES ('x')");
        await database.RunAsync(Trigger("mark", "INSERT INTO log (name) VALUES (new.name)"));

        await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("""
                mark 1 {"name":"a"}
                log 1 {"name":"x"}
                """),
            new ImportOptions { Triggers = TriggerPolicy.Merge },
            Cancel));
    }

    [Fact]
    public async Task Policy_of_a_model_is_stronger_than_that_of_the_import()
    {
        await using var database = await engine.ModelAsync(Named("mark"), Named("other"), Named("log"));
        await database.RunAsync(Trigger("mark", "INSERT INTO log (name) VALUES (new.name)"));
        await database.RunAsync(Trigger("other", "INSERT INTO log (name) VALUES (new.name)"));

        var result = await database.ImportAsync(
            Made.Backup("""
                mark 1 {"name":"a"}
                other 1 {"name":"b"}
                """),
            new ImportOptions
            {
                Models = new Dictionary<ModelLabel, ModelOptions> { [ModelLabel.Parse("made.mark")] = new() { Triggers = TriggerPolicy.HoldBack } },
            },
            Cancel);

        Assert.Equal("b", await database.TextAsync("SELECT name FROM log"));
        Assert.Equal([new TriggeredRows("log", 1)], result.TriggeredRows);
    }

    [Theory]
    [InlineData("log", "mark")]
    [InlineData("mark", "log")]
    public async Task Table_that_triggers_fill_takes_records_of_the_backup_beside_their_rows(string first, string second)
    {
        await using var database = await engine.ModelAsync(Named(first), Named(second));
        await database.RunAsync(Trigger("mark", "INSERT INTO log (name) VALUES ('of ' || new.name)"));

        var result = await database.ImportAsync(
            Made.Backup($$"""
                {{first}} 1 {"name":"a"}
                {{first}} 2 {"name":"b"}
                {{second}} 1 {"name":"c"}
                {{second}} 2 {"name":"d"}
                """),
            cancellationToken: Cancel);

        Assert.Equal([new TriggeredRows("log", 2)], result.TriggeredRows);
        Assert.Equal("4|2", await database.TextAsync("SELECT (SELECT count(*) FROM log), (SELECT count(*) FROM mark)"));
        foreach (var entry in result.Map.Entries.Where(entry => entry.Model.Model == "log"))
        {
            Assert.DoesNotContain("of", await database.TextAsync($"SELECT name FROM log WHERE id = {entry.New}"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_of_a_trigger_that_refers_to_nothing_is_refused_though_its_table_is_not_of_the_model(bool isResumable)
    {
        await using var database = await engine.ModelAsync(Named("mark"));
        await database.RunAsync("CREATE TABLE detail (mark bigint REFERENCES mark (id))");
        await database.RunAsync(Trigger("mark", "INSERT INTO detail VALUES (new.id + 1000)"));

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Made.Backup("""mark 1 {"name":"a"}"""), Options(TriggerPolicy.Fire, isResumable), Cancel));

        Assert.Contains("'detail'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("0|0", await database.TextAsync("SELECT (SELECT count(*) FROM mark), (SELECT count(*) FROM detail)"));
    }

    [Theory]
    [InlineData(TriggerPolicy.Fire, false)]
    [InlineData(TriggerPolicy.Fire, true)]
    [InlineData(TriggerPolicy.Merge, false)]
    [InlineData(TriggerPolicy.Merge, true)]
    public async Task Row_of_a_trigger_never_takes_the_place_of_a_record_that_others_refer_to(TriggerPolicy policy, bool isResumable)
    {
        await using var database = await PairsAsync();
        var backup = Made.Backup("""
            left 1 {"right":1,"name":"x"}
            right 1 {"left":1,"name":"y"}
            """);

        var failure = await Record.ExceptionAsync(() => database.ImportAsync(backup, Options(policy, isResumable), Cancel));

        // Without counters that can be moved ahead, keys that rows hold already may be taken: then nothing can be right any more.
        if (IsSqlite && !isResumable)
        {
            var problem = Assert.Single(Assert.IsType<ImportException>(failure).Problems);
            Assert.Equal((BackupProblemKind.Collision, "made.right"), (problem.Kind, problem.Place.Model?.Value));
            Assert.Contains("--triggers hold-back", problem.Message, StringComparison.Ordinal);
            Assert.Equal("0|0", await database.TextAsync("""SELECT (SELECT count(*) FROM "left"), (SELECT count(*) FROM "right")"""));
        }
        else
        {
            Assert.Null(failure);
            Assert.Equal("x|y", await database.TextAsync("""SELECT l.name, r.name FROM "left" l JOIN "right" r ON r.id = l."right" AND r."left" = l.id"""));
        }

        await database.ResetAsync(Cancel);
        await database.ImportAsync(backup, new ImportOptions { Triggers = TriggerPolicy.HoldBack }, Cancel);
        Assert.Equal("x|y", await database.TextAsync("""SELECT l.name, r.name FROM "left" l JOIN "right" r ON r.id = l."right" AND r."left" = l.id"""));
    }

    [Fact]
    public async Task Keys_stay_where_they_are_when_more_records_of_their_model_follow()
    {
        await using var database = await engine.ModelAsync(
            Named("mark"), Named("log"), _made.Entity("use", [_made.Field("log")], Made.To("log", "log")));
        await database.RunAsync(Trigger("mark", "INSERT INTO log (name) VALUES ('of ' || new.name)"));

        await database.ImportAsync(
            Made.Backup("""
                mark 1 {"name":"a"}
                log 1 {"name":"first"}
                mark 2 {"name":"b"}
                log 2 {"name":"second"}
                use 1 {"log":1}
                use 2 {"log":2}
                """),
            new ImportOptions { Triggers = TriggerPolicy.Merge },
            Cancel);

        Assert.Equal("first\nsecond", await database.TextAsync("""SELECT l.name FROM "use" u JOIN log l ON l.id = u.log ORDER BY u.id"""));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Triggers_see_parents_of_other_types_of_a_hierarchy(bool hasTablePerType, bool isResumable)
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<NodeContext>
            {
                Target = engine.Target,
                ModelOptions = new RelocationModelOptions { App = "node" },
                CreateContext = hasTablePerType ? static options => new TablePerTypeContext(options) : static options => new NodeContext(options),
            },
            Cancel);
        await database.RunAsync("CREATE TABLE seen (parents int)");
        await database.RunAsync(Trigger("Nodes", """INSERT INTO seen SELECT count(*) FROM "Nodes" WHERE "Id" = new."ParentId" """));

        await database.ImportAsync(
            Backup.FromJson("""
                [{"model": "node.branch", "pk": 1, "fields": {"name": "a", "parent": null}},
                 {"model": "node.leaf", "pk": 2, "fields": {"name": "b", "parent": 1}},
                 {"model": "node.branch", "pk": 3, "fields": {"name": "c", "parent": 2}},
                 {"model": "node.leaf", "pk": 4, "fields": {"name": "d", "parent": 3}},
                 {"model": "node.leaf", "pk": 5, "fields": {"name": "e", "parent": 4}}]
                """),
            Options(TriggerPolicy.Fire, isResumable),
            Cancel);

        Assert.Equal("0\n1\n1\n1\n1", await database.TextAsync("SELECT parents FROM seen ORDER BY parents"));
    }

    [Fact]
    public async Task Records_that_had_to_change_places_are_committed_by_the_size_of_chunks()
    {
        await using var database = await FoldersAsync();
        var lines = Enumerable.Range(1, 40).Select(pair => $$"""
            folder {{2 * pair}} {"parent":{{(2 * pair) + 1}},"name":"child {{pair}}"}
            folder {{(2 * pair) + 1}} {"parent":null,"name":"parent {{pair}}"}
            """);

        var result = await database.ImportAsync(Made.Backup(string.Join('\n', lines)), Options(TriggerPolicy.Fire, isResumable: true, chunkSize: 50), Cancel);

        // The beginning, two chunks of records, and the end.
        Assert.Equal(4, result.CommittedChunks);
        Assert.Equal([new TriggeredRows("path", 120)], result.TriggeredRows);
    }

    private static ImportOptions Options(TriggerPolicy triggers, bool isResumable, int chunkSize = 1_000, ImportStop? stop = null) => new()
    {
        Triggers = triggers,
        ResumeId = isResumable ? Id : null,
        ChunkSize = chunkSize,
        Stop = stop,
    };

    /// <summary>Children before their parents.</summary>
    private static Backup Folders() => Made.Backup(FolderLines);

    /// <summary>The folders with the paths that triggers make of them.</summary>
    private static Backup Whole()
    {
        (int Parent, int Child)[] paths = [(1, 1), (4, 1), (2, 1), (5, 1), (2, 2), (5, 2), (3, 3), (5, 3), (4, 4), (2, 4), (5, 4), (5, 5)];
        return Made.Backup(FolderLines + "\n" + string.Join('\n', paths.Select(
            (path, index) => $$"""path {{index + 1}} {"parent":{{path.Parent}},"child":{{path.Child}},"note":"kept"}""")));
    }

    private static async Task<string> ClosureAsync(TestDatabase database)
    {
        var rows = await database.TextAsync("SELECT p.name, c.name FROM path JOIN folder p ON p.id = path.parent JOIN folder c ON c.id = path.child");
        return string.Join('\n', rows.Split('\n').Order(StringComparer.Ordinal));
    }

    private RelocationEntity Named(string name) => _made.Entity(name, [_made.Field("name", FieldType.Text)]) with { Uniques = [new UniqueSet { Fields = ["name"] }] };

    private string Trigger(string table, string statement) => IsSqlite
        ? $"CREATE TRIGGER \"{table}_in\" AFTER INSERT ON \"{table}\" BEGIN {statement}; END"
        : $"""
            CREATE FUNCTION "{table}_in"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {statement}; RETURN new; END $$;
            CREATE TRIGGER "{table}_in" AFTER INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{table}_in"();
            """;

    private Task<string> TriggersAsync(TestDatabase database) => database.TextAsync(IsSqlite
        ? "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE '@_@_relocation%' ESCAPE '@' ORDER BY rowid"
        : "SELECT tgname::text, tgrelid::regclass::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal AND tgname NOT LIKE 'relocation%' ORDER BY tgname");

    /// <summary>Two models that refer to each other; a trigger makes a row of the second for each of the first. No key of them is counted on SQLite.</summary>
    private Task<TestDatabase> PairsAsync()
    {
        var left = _made.Entity("left", [_made.Nullable("right"), _made.Field("name", FieldType.Text)], Made.To("right", "right"));
        var right = _made.Entity("right", [_made.Field("left"), _made.Field("name", FieldType.Text)], Made.To("left", "left"))
            with { Uniques = [new UniqueSet { Fields = ["name"] }] };
        var key = IsSqlite ? "INTEGER PRIMARY KEY" : "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
        var tables = $"""
            CREATE TABLE "left" (id {key}, "right" bigint, name text NOT NULL);
            CREATE TABLE "right" (id {key}, "left" bigint NOT NULL REFERENCES "left", name text NOT NULL UNIQUE);
            """;
        return TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = RelocationModel.Create("made", [left, right]),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(
                    tables + Trigger("left", """INSERT INTO "right" ("left", name) VALUES (new.id, 'made')"""))),
            },
            Cancel);
    }

    /// <summary>A tree with its closure, which triggers keep.</summary>
    /// <param name="isCounted">Whether nothing gives a key out twice; else, on SQLite, the next one is that after the highest.</param>
    private Task<TestDatabase> FoldersAsync(bool isCounted = true)
    {
        var folder = _made.Entity("folder", [_made.Nullable("parent"), _made.Field("name", FieldType.Text)], Made.To("folder", "parent"));
        var path = _made.Entity(
            "path",
            [_made.Field("parent"), _made.Field("child"), _made.Field("note", FieldType.Text)],
            Made.To("folder", "parent"),
            Made.To("folder", "child")) with { Uniques = [new UniqueSet { Fields = ["parent", "child"] }] };
        var key = IsSqlite ? (isCounted ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "INTEGER PRIMARY KEY") : "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
        var tables = $"""
            CREATE TABLE folder (id {key}, parent bigint REFERENCES folder, name text NOT NULL);
            CREATE TABLE path (id {key}, parent bigint NOT NULL REFERENCES folder, child bigint NOT NULL REFERENCES folder, note text NOT NULL DEFAULT 'made', UNIQUE (parent, child));
            """;
        const string Statement = "INSERT INTO path (parent, child) SELECT p.parent, new.id FROM path p WHERE p.child = new.parent UNION ALL SELECT new.id, new.id";
        const string Quiet = "CREATE TRIGGER quiet AFTER UPDATE ON folder";
        var triggers = Trigger("folder", Statement) + ";" + (IsSqlite
            ? $"{Quiet} BEGIN SELECT 1; END; CREATE TRIGGER late AFTER INSERT ON folder BEGIN SELECT 1; END;"
            : $"""
                {Quiet} FOR EACH ROW EXECUTE FUNCTION folder_in(); ALTER TABLE folder DISABLE TRIGGER quiet;
                CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
                CREATE TRIGGER always BEFORE UPDATE ON folder FOR EACH ROW EXECUTE FUNCTION nothing(); ALTER TABLE folder ENABLE ALWAYS TRIGGER always;
                """);
        return TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = RelocationModel.Create("made", [folder, path]),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(tables + triggers)),
            },
            Cancel);
    }

    private abstract class Node
    {
        public int Id { get; set; }

        public required string Name { get; set; }

        public int? ParentId { get; set; }

        public Node? Parent { get; set; }
    }

    private sealed class Branch : Node;

    private sealed class Leaf : Node;

    private class NodeContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Node>().ToTable("Nodes");
            modelBuilder.Entity<Branch>();
            modelBuilder.Entity<Leaf>();
        }
    }

    private sealed class TablePerTypeContext(DbContextOptions options) : NodeContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.Entity<Node>().UseTptMappingStrategy();
        }
    }
}

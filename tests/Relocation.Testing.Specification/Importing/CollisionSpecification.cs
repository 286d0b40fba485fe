using Relocation.Testing.Snapshots;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>What becomes of records whose unique values a row or an earlier record has already.</summary>
public abstract class CollisionSpecification(DatabaseUnderTest engine)
{
    private const string Orgs = """
        org 1 {"slug": "acme", "name": "Acme"}
        org 2 {"slug": "bolt", "name": "Bolt"}
        org 3 {"name": "None"}
        team 5 {"org": 1, "slug": "red"}
        team 6 {"org": 2, "slug": "red"}
        link 7 {"org": 2, "team": 5}
        """;

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fail_lists_all_collisions_with_their_places_before_a_row_is_written()
    {
        await using var database = await OrgsAsync();
        await database.ImportAsync(Made.Backup(Orgs), Policy(CollisionPolicy.Fail), Cancel);
        var before = await engine.StateAsync(database);
        var many = string.Join('\n', Enumerable.Range(0, 12).Select(i => $$"""org {{i}} {"slug": "{{(i % 3 == 0 ? "acme" : $"s{i}")}}", "name": "x"}"""));

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Made.Backup(many), Policy(CollisionPolicy.Fail), Cancel));

        Assert.Equal(["/0", "/3", "/6", "/9"], refusal.Problems.Select(problem => problem.Place.Pointer));
        Assert.All(refusal.Problems, problem => Assert.Equal(BackupProblemKind.Collision, problem.Kind));
        Assert.Contains("same slug already (org_slug)", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Merge_writes_nothing_the_second_time_and_references_follow()
    {
        await using var database = await OrgsAsync();
        var first = await database.ImportAsync(Made.Backup(Orgs), Policy(CollisionPolicy.Merge), Cancel);
        var rows = await RowsAsync(database);

        var second = await database.ImportAsync(
            Made.Backup("note 1 {\"org\": 2}\n" + Orgs.Replace("org 3 {\"name\": \"None\"}", string.Empty, StringComparison.Ordinal)),
            Policy(CollisionPolicy.Merge),
            Cancel);

        Assert.Equal(rows, await RowsAsync(database));
        Assert.Equal("1|2", await database.TextAsync("SELECT id, org FROM note"));
        Assert.All(
            second.Map.Entries.Where(mapping => mapping.Model.Value != "made.note"),
            mapping => Assert.Equal(
                (first.Map.NewKey(mapping.Model, mapping.Old), KeyMappingKind.Existing), (mapping.New, mapping.Kind)));
        Assert.Equal((0, 2, 0), Counts(second, "org"));
        Assert.Equal((0, 1, 0), Counts(second, "link"));
    }

    [Fact]
    public async Task Merge_lets_records_of_one_backup_stand_for_one_row()
    {
        await using var database = await OrgsAsync();

        var result = await database.ImportAsync(
            Made.Backup("""
                org 1 {"slug": "acme", "name": "first"}
                org 2 {"slug": "acme", "name": "second"}
                team 5 {"org": 1, "slug": "red"}
                team 6 {"org": 2, "slug": "red"}
                team 7 {"org": 2, "slug": "blue"}
                link 8 {"org": 1, "team": 5}
                link 9 {"org": 2, "team": 6}
                """),
            Policy(CollisionPolicy.Merge),
            Cancel);

        Assert.Equal("1|acme|first", await database.TextAsync("SELECT id, slug, name FROM org"));
        Assert.Equal("1|1|red\n3|1|blue", await database.TextAsync("SELECT id, org, slug FROM team ORDER BY id"));
        Assert.Equal("1|1|1", await database.TextAsync("SELECT id, org, team FROM link"));
        Assert.Equal((1, 1, 0), Counts(result, "org"));
        Assert.Equal((2, 1, 0), Counts(result, "team"));
    }

    [Fact]
    public async Task Merge_of_a_record_that_is_two_rows_is_refused()
    {
        var both = Unique(_made.Entity("both", [Text("a"), Text("b")]), ["a"], ["b"]);
        await using var database = await engine.ModelAsync(both);
        await database.RunAsync("INSERT INTO \"both\" (id, a, b) VALUES (1, 'x', 'p'), (2, 'y', 'q')");

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("""both 1 {"a": "x", "b": "q"}"""), Policy(CollisionPolicy.Merge), Cancel));

        Assert.Contains("two different rows", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suffix_finds_values_that_are_free_in_table_and_backup_and_fit_the_column()
    {
        await using var database = await OrgsAsync();
        var options = new ImportOptions { OnCollision = CollisionPolicy.Suffix, Models = Models(("link", new ModelOptions { OnCollision = CollisionPolicy.Merge })) };
        for (var import = 0; import < 5; import++)
        {
            var result = await database.ImportAsync(Made.Backup(Orgs), options, Cancel);
            Assert.Equal((3, 0, 0), Counts(result, "org"));
        }

        await database.ImportAsync(Made.Backup("""org 1 {"slug": "0123456789ab", "name": "a"}"""), options, Cancel);
        await database.ImportAsync(Made.Backup("""org 1 {"slug": "0123456789ab", "name": "b"}"""), options, Cancel);

        var slugs = (await database.TextAsync("SELECT slug FROM org WHERE slug IS NOT NULL ORDER BY id")).Split('\n');
        Assert.Equal(12, slugs.Length);
        Assert.Equal(12, slugs.Distinct().Count());
        Assert.All(slugs, slug => Assert.InRange(slug.Length, 4, 12));
        Assert.Equal(5, slugs.Count(slug => slug.StartsWith("acme", StringComparison.Ordinal)));
        Assert.Matches("^012345-[a-z2-9]{5}$", slugs[^1]);
        Assert.Equal("10", await database.TextAsync("SELECT count(*) FROM team WHERE slug = 'red'"));
    }

    [Fact]
    public async Task Values_that_policies_make_follow_from_the_seed_and_differ_with_it()
    {
        var made = new List<string>();
        foreach (var seed in new long[] { 0, 0, 1 })
        {
            await using var database = await OrgsAsync();
            var options = new ImportOptions { OnCollision = CollisionPolicy.Suffix, Seed = seed };
            await database.ImportAsync(Made.Backup("""org 1 {"slug": "acme", "name": "a"}"""), options, Cancel);
            await database.ImportAsync(Made.Backup("""org 1 {"slug": "acme", "name": "a"}"""), options, Cancel);
            made.Add(await database.TextAsync("SELECT slug FROM org WHERE id = 2"));
        }

        Assert.Equal("acme-bqn4b", made[0]);
        Assert.Equal(made[0], made[1]);
        Assert.NotEqual(made[0], made[2]);
    }

    [Fact]
    public async Task Suffix_keeps_away_from_values_of_later_records()
    {
        await using var database = await OrgsAsync();
        var options = Policy(CollisionPolicy.Suffix);
        await database.ImportAsync(Made.Backup("""org 1 {"slug": "acme", "name": "a"}"""), options, Cancel);

        await database.ImportAsync(
            Made.Backup("""
                org 1 {"slug": "acme", "name": "a"}
                org 2 {"slug": "acme-bqn4b", "name": "keeps its slug"}
                """),
            options,
            Cancel);

        Assert.Equal("acme-bqn4b", await database.TextAsync("SELECT slug FROM org WHERE name = 'keeps its slug'"));
        Assert.Equal("3", await database.TextAsync("SELECT count(DISTINCT slug) FROM org"));
    }

    [Fact]
    public async Task Regenerate_makes_a_new_value_by_the_fields_own_generator()
    {
        var token = new RelocationField
        {
            Name = "token",
            Column = "token",
            Type = FieldType.Text,
            StoreType = Text("token").StoreType,
            MaxLength = 16,
            Default = FieldDefault.Token(16),
        };
        var entity = Unique(_made.Entity("key", [token, _made.Field("guid", FieldType.Guid)]), ["token"], ["guid"]);
        await using var database = await engine.ModelAsync(entity);
        var backup = Made.Backup("""
            key 1 {"token": "aaaa", "guid": "11111111-1111-1111-1111-111111111111"}
            key 2 {"token": "bbbb", "guid": "22222222-2222-2222-2222-222222222222"}
            key 3 {"token": "aaaa", "guid": "33333333-3333-3333-3333-333333333333"}
            """);

        await database.ImportAsync(backup, Policy(CollisionPolicy.Regenerate), Cancel);
        var result = await database.ImportAsync(backup, Policy(CollisionPolicy.Regenerate), Cancel);

        Assert.Equal((3, 0, 0), Counts(result, "key"));
        Assert.Equal("6|6", await database.TextAsync("SELECT count(DISTINCT token), count(DISTINCT guid) FROM \"key\""));
        Assert.Equal("4", await database.TextAsync("SELECT count(*) FROM \"key\" WHERE length(token) = 16"));
    }

    [Fact]
    public async Task Overwrite_updates_exactly_the_rows_that_are_there()
    {
        await using var database = await OrgsAsync();
        await database.ImportAsync(Made.Backup(Orgs), null, Cancel);

        var result = await database.ImportAsync(
            Made.Backup("""
                org 11 {"slug": "bolt", "name": "Bolt the second"}
                org 12 {"slug": "coil", "name": "Coil"}
                team 15 {"org": 11, "slug": "red"}
                team 16 {"org": 12, "slug": "red"}
                """),
            Policy(CollisionPolicy.Overwrite),
            Cancel);

        Assert.Equal(
            "1|acme|Acme\n2|bolt|Bolt the second\n3|null|None\n5|coil|Coil",
            await database.TextAsync("SELECT id, slug, name FROM org ORDER BY id"));
        Assert.Equal("1|1|red\n2|2|red\n4|5|red", await database.TextAsync("SELECT id, org, slug FROM team ORDER BY id"));
        Assert.Equal((1, 0, 1), Counts(result, "org"));
        Assert.Equal(
            "made.org 11 -> 2 overwrite\nmade.org 12 -> 5 inserted\nmade.team 15 -> 2 overwrite\nmade.team 16 -> 4 inserted",
            Lines(result));
    }

    [Fact]
    public async Task Overwrite_by_several_records_keeps_the_last()
    {
        await using var database = await OrgsAsync();
        await database.ImportAsync(Made.Backup("""org 1 {"slug": "acme", "name": "old"}"""), null, Cancel);

        var result = await database.ImportAsync(
            Made.Backup("""
                org 1 {"slug": "acme", "name": "a"}
                org 2 {"slug": "acme", "name": "b"}
                org 3 {"slug": "new", "name": "c"}
                org 4 {"slug": "new", "name": "d"}
                """),
            Policy(CollisionPolicy.Overwrite),
            Cancel);

        Assert.Equal("1|acme|b\n4|new|d", await database.TextAsync("SELECT id, slug, name FROM org ORDER BY id"));
        Assert.Equal((1, 1, 2), Counts(result, "org"));
    }

    [Fact]
    public async Task Partial_set_holds_only_where_its_condition_does()
    {
        var search = Unique(_made.Entity("search", [Text("name"), _made.Nullable("org")]), ["name"]);
        search = With(search, new UniqueSet { Name = "search_global", Fields = ["name"], Condition = "org IS NULL", OnCollision = CollisionPolicy.Merge });
        await using var database = await engine.ModelAsync(search);
        await database.RunAsync("INSERT INTO search (id, name, org) VALUES (1, 'errors', NULL), (2, 'mine', 3)");

        var result = await database.ImportAsync(
            Made.Backup("""
                search 1 {"name": "errors"}
                search 2 {"name": "errors", "org": 1}
                search 3 {"name": "mine"}
                search 4 {"name": "mine"}
                search 5 {"name": "errors", "org": 1}
                """),
            null,
            Cancel);

        Assert.Equal(
            "made.search 1 -> 1 existing\nmade.search 2 -> 4 inserted\nmade.search 3 -> 5 inserted\nmade.search 4 -> 5 existing\n"
                + "made.search 5 -> 7 inserted",
            Lines(result));
    }

    [Fact]
    public async Task Set_that_ignores_case_finds_values_that_differ_in_case_only()
    {
        var user = With(_made.Entity("user", [Text("name")]), new UniqueSet { Name = "user_name", Fields = ["name"], IgnoresCase = true });
        await using var database = await engine.ModelAsync(user);
        await database.RunAsync("INSERT INTO \"user\" (id, name) VALUES (1, 'Ann')");

        var result = await database.ImportAsync(
            Made.Backup("""
                user 1 {"name": "aNN"}
                user 2 {"name": "Bob"}
                user 3 {"name": "BOB"}
                """),
            Policy(CollisionPolicy.Merge),
            Cancel);

        Assert.Equal("made.user 1 -> 1 existing\nmade.user 2 -> 3 inserted\nmade.user 3 -> 3 existing", Lines(result));
    }

    [Fact]
    public async Task Tree_is_merged_from_its_roots_whatever_the_order()
    {
        var node = Unique(_made.Entity("node", [_made.Nullable("parent"), Text("name")], Made.To("node", "parent")), ["parent", "name"]);
        node = With(node, [.. node.Uniques, new UniqueSet { Name = "node_root", Fields = ["name"], Condition = "parent IS NULL" }]);
        await using var database = await engine.ModelAsync(node);
        var backup = Made.Backup("""
            node 4 {"parent": 3, "name": "c"}
            node 3 {"parent": 2, "name": "b"}
            node 2 {"parent": 1, "name": "a"}
            node 1 {"name": "root"}
            node 5 {"parent": 1, "name": "d"}
            """);
        var first = await database.ImportAsync(backup, Policy(CollisionPolicy.Merge), Cancel);

        var second = await database.ImportAsync(backup, Policy(CollisionPolicy.Merge), Cancel);

        Assert.Equal("5", await database.TextAsync("SELECT count(*) FROM node"));
        Assert.Equal((0, 5, 0), Counts(second, "node"));
        Assert.Equal(first.Map.Entries.Select(mapping => mapping.New), second.Map.Entries.Select(mapping => mapping.New));
    }

    [Fact]
    public async Task Result_does_not_depend_on_the_size_of_chunks()
    {
        var texts = new List<string>();
        foreach (var size in new[] { 1, 2, 7, 1000 })
        {
            await using var database = await OrgsAsync();
            var options = new ImportOptions { OnCollision = CollisionPolicy.Suffix, ChunkSize = size };
            var orgs = string.Join('\n', Enumerable.Range(1, 40).Select(i => $$"""org {{i}} {"slug": "s{{i % 9}}", "name": "n"}"""));
            await database.ImportAsync(Made.Backup(orgs), options, Cancel);
            var result = await database.ImportAsync(Made.Backup(orgs), options, Cancel);
            texts.Add(result.Map.ToSnapshot() + await database.TextAsync("SELECT id, slug FROM org ORDER BY id"));
        }

        Assert.Single(texts.Distinct());
    }

    [Fact]
    public async Task Snapshot_says_how_names_were_chosen_and_the_names_only_when_asked()
    {
        await using var database = await OrgsAsync();
        var backup = Made.Backup("""
            org 1 {"slug": "acme", "name": "a"}
            org 2 {"name": "b"}
            team 3 {"org": 1, "slug": "red"}
            """);
        await database.ImportAsync(Made.Backup("""org 1 {"slug": "acme", "name": "a"}"""), null, Cancel);

        var hidden = await database.ImportAsync(backup, Policy(CollisionPolicy.Suffix), Cancel);
        var shown = await database.ImportAsync(
            Made.Backup("""org 1 {"slug": "bolt (1)", "name": "a"}"""),
            new ImportOptions { OnCollision = CollisionPolicy.Suffix, IncludeNames = true, KeepReferences = true },
            Cancel);

        Assert.Equal(
            "made.org 1 -> 2 inserted slug=suffixed\nmade.org 2 -> 3 inserted\nmade.team 3 -> 1 inserted slug=kept",
            Lines(hidden));
        Assert.Equal("made.org 1 -> 4 inserted slug=kept(\"bolt (1)\")", Lines(shown));
        Assert.All(new[] { hidden, shown }, result => Assert.Equal(result.Map, PrimaryKeyMap.Parse(result.Map.ToSnapshot())));
        Assert.Empty(hidden.Map.ReferencesOf(ModelLabel.Parse("made.org"), RecordKey.From(1)));
        Assert.Contains(
            "slug: suffixed -> kept",
            SnapshotDiff.Between(hidden.Map, PrimaryKeyMap.Parse(hidden.Map.ToSnapshot().Replace("suffixed", "kept", StringComparison.Ordinal))).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CollisionPolicy.Merge, 2)]
    [InlineData(CollisionPolicy.Overwrite, 2)]
    [InlineData(CollisionPolicy.Suffix, 3)]
    [InlineData(CollisionPolicy.Regenerate, 3)]
    public async Task Database_is_asked_as_often_for_ten_records_as_for_a_thousand(CollisionPolicy policy, int searches)
    {
        await using var database = await OrgsAsync();
        foreach (var records in new[] { 10, 1000 })
        {
            var backup = Made.Backup(string.Join('\n', Enumerable.Range(1, records).SelectMany(i => new[]
            {
                $$"""org {{i}} {"slug": "s{{i}}", "name": "n"}""",
                $$"""team {{i}} {"org": {{i}}, "slug": "red"}""",
            })));
            await database.ImportAsync(backup, Policy(CollisionPolicy.Merge), Cancel);
            var counting = new CountingEngine(engine.Target.Engine);
            await using var connection = await database.OpenConnectionAsync(Cancel);

            var options = new ImportOptions { OnCollision = policy, ChunkSize = 1000 };
            var result = await new BackupImporter(database.Model, counting, options).ImportAsync(connection, backup, Cancel);

            // Suffixed orgs are new, so their teams collide with nothing: one question each, and one more for the new slugs.
            Assert.Equal(searches, counting.Searches);
            Assert.Equal(policy == CollisionPolicy.Overwrite ? 2 : 0, counting.Overwrites);
            Assert.Equal(2 * records, result.Map.Count);
        }
    }

    private static ImportOptions Policy(CollisionPolicy policy) => new() { OnCollision = policy };

    private static Dictionary<ModelLabel, ModelOptions> Models(params (string Model, ModelOptions Options)[] models) =>
        models.ToDictionary(model => ModelLabel.Parse($"made.{model.Model}"), model => model.Options);

    private static (int Inserted, int Existing, int Overwritten) Counts(ImportResult result, string model)
    {
        var counts = result.Models.Single(counts => counts.Model.Value == $"made.{model}");
        return ((int)counts.Inserted, (int)counts.Existing, (int)counts.Overwritten);
    }

    private static string Lines(ImportResult result) => string.Join(
        '\n', result.Map.ToSnapshot().Split('\n').Where(line => line.Contains(" -> ", StringComparison.Ordinal)));

    private static RelocationEntity Unique(RelocationEntity entity, params string[][] sets) => With(
        entity, [.. sets.Select(fields => new UniqueSet { Name = $"{entity.Table}_{string.Join('_', fields)}", Fields = fields })]);

    private static RelocationEntity With(RelocationEntity entity, params UniqueSet[] uniques) => entity with { Uniques = uniques };

    private static async Task<string> RowsAsync(TestDatabase database) =>
        await database.TextAsync("SELECT * FROM org WHERE slug IS NOT NULL ORDER BY id") + await database.TextAsync("SELECT * FROM team ORDER BY id")
        + await database.TextAsync("SELECT * FROM link ORDER BY id");

    private RelocationField Text(string name, int? length = null, bool nullable = false) => new()
    {
        Name = name,
        Column = name,
        Type = FieldType.Text,
        StoreType = _made.Field(name, FieldType.Text).StoreType,
        MaxLength = length,
        IsNullable = nullable,
    };

    private Task<TestDatabase> OrgsAsync() => engine.ModelAsync(
        Unique(_made.Entity("org", [Text("slug", 12, nullable: true), Text("name")]), ["slug"]),
        Unique(_made.Entity("team", [_made.Field("org"), Text("slug", 20)], Made.To("org", "org")), ["org", "slug"]),
        Unique(
            _made.Entity("link", [_made.Field("org"), _made.Field("team")], Made.To("org", "org"), Made.To("team", "team")),
            ["org", "team"]),
        _made.Entity("note", [_made.Field("org")], Made.To("org", "org")));
}

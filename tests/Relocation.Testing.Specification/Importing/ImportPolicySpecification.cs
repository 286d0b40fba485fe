using System.Data.Common;
using System.Globalization;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Keys, counters, foreign keys, defaults and progress, as options and model ask for them.</summary>
public abstract class ImportPolicySpecification(DatabaseUnderTest engine)
{
    private readonly Made _made = new(engine.Target.Engine);

    /// <summary>The engine under test.</summary>
    protected DatabaseUnderTest Engine => engine;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_follow_the_highest_key_or_the_counter_whichever_is_higher_and_the_counter_follows_them()
    {
        await using var database = await engine.ModelAsync(_made.Entity("org", [_made.Nullable("n")]));
        await database.RunAsync("INSERT INTO org (n) VALUES (1), (2), (3); DELETE FROM org WHERE id > 1; INSERT INTO org (id, n) VALUES (2, 2)");

        var first = await database.ImportAsync(Made.Backup("org 70\norg 60"), null, Cancel);
        var second = await database.ImportAsync(Made.Backup("org 70\norg 60"), null, Cancel);
        await database.RunAsync("INSERT INTO org (n) VALUES (9)");
        await database.RunAsync("INSERT INTO org (id, n) VALUES (500, 2)");
        var third = await database.ImportAsync(Made.Backup("org 70"), null, Cancel);
        await database.RunAsync("INSERT INTO org (n) VALUES (10)");

        Assert.Equal(["70 4", "60 5"], InOrder(first));
        Assert.Equal(["70 6", "60 7"], InOrder(second));
        Assert.Equal("8\n502", await database.TextAsync("SELECT id FROM org WHERE n > 8 ORDER BY id"));
        Assert.Equal(501, third.Map.NewKey("made.org", 70));
    }

    [Fact]
    public async Task Preserved_keys_are_kept_and_refused_when_they_are_taken()
    {
        await using var database = await engine.ModelAsync(
            Made.Keyed("land", _made.Key(FieldType.Text, KeyPolicy.Preserve), []),
            Made.Keyed("town", _made.Key(FieldType.Integer, KeyPolicy.Preserve), [_made.Field("land", FieldType.Text)], Made.To("land", "land")));
        var backup = Made.Backup("""
            land "de"
            town 7 {"land": "de"}
            """);

        var result = await database.ImportAsync(backup, null, Cancel);
        var before = await engine.StateAsync(database);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(backup, null, Cancel));

        Assert.Equal(7, result.Map.NewKey("made.town", 7));
        Assert.Equal("7|de", await database.TextAsync("SELECT id, land FROM town"));
        var problem = refusal.Problems[0];
        Assert.Equal((BackupProblemKind.RowRefused, "/0"), (problem.Kind, problem.Place.Pointer));
        Assert.StartsWith("Table 'land' has a row with the same unique values already", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Counter_of_preserved_keys_moves_past_them_and_never_back()
    {
        var key = new RelocationKey { Fields = [_made.Field("id")], Policy = KeyPolicy.Preserve, HasCounter = true };
        await using var database = await engine.ModelAsync(Made.Keyed("org", key, [_made.Nullable("n")]));

        await database.ImportAsync(Made.Backup("org 50 {\"n\": 1}\norg -3 {\"n\": 2}"), null, Cancel);
        await database.RunAsync("INSERT INTO org (n) VALUES (3)");
        await database.ImportAsync(Made.Backup("org 7 {\"n\": 4}"), null, Cancel);
        await database.RunAsync("INSERT INTO org (n) VALUES (5)");

        Assert.Equal("50\n-3\n51\n7\n52", await database.TextAsync("SELECT id FROM org ORDER BY n"));
    }

    [Fact]
    public async Task Guids_follow_from_the_seed_and_are_others_when_a_backup_is_imported_again()
    {
        var backup = Made.Backup("""
            visit "6f9619ff-8b86-d011-b42d-00c04fc964ff"
            visit "00000000-0000-0000-0000-000000000000"
            step 1 {"visit": "6f9619ff-8b86-d011-b42d-00c04fc964ff"}
            """);
        var maps = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var database = await engine.ModelAsync(
                Made.Keyed("visit", _made.Key(FieldType.Guid), []),
                _made.Entity("step", [_made.Field("visit", FieldType.Guid)], Made.To("visit", "visit")));
            foreach (var seed in new[] { 1, 1, 2 })
            {
                var result = await database.ImportAsync(backup, new ImportOptions { Seed = seed }, Cancel);
                maps.Add(result.Map.ToSnapshot());
            }

            Assert.Equal("6|3", await database.TextAsync("SELECT count(*), (SELECT count(*) FROM step s JOIN visit v ON v.id = s.visit) FROM visit"));
        }

        Assert.Equal(maps[..3], maps[3..]);
        Assert.Equal(3, maps.Distinct().Count());
    }

    [Fact]
    public async Task Foreign_keys_hold_afterwards_and_all_constraints_are_what_they_were()
    {
        await using var database = await engine.ModelAsync(Cycle());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var before = await engine.ConstraintsAsync(connection);
        var importer = new BackupImporter(database.Model, database.Engine);

        // Few rows and many take different ways on some engines.
        var few = await importer.ImportAsync(connection, Made.Backup(CycleRecords(5)), Cancel);
        var many = await importer.ImportAsync(connection, Made.Backup(CycleRecords(2_000)), Cancel);

        Assert.Equal((10, 4_000), (few.Map.Count, many.Map.Count));
        Assert.Equal(before, await engine.ConstraintsAsync(connection));
        await Assert.ThrowsAnyAsync<DbException>(() => connection.RunAsync("INSERT INTO shelf (first) VALUES (999999)"));
        await Assert.ThrowsAnyAsync<DbException>(() => connection.RunAsync("INSERT INTO book (shelf, next) VALUES (999999, NULL)"));
        await Assert.ThrowsAnyAsync<DbException>(() => connection.RunAsync("DELETE FROM shelf WHERE id = 1"));
        await connection.RunAsync("INSERT INTO book (shelf, next) VALUES (1, 1)");
        Assert.Equal("2005|2005|2003", await connection.TextAsync(
            "SELECT count(*), sum(CASE WHEN b.shelf = s.id THEN 1 ELSE 0 END), count(b.next) FROM shelf s JOIN book b ON b.id = s.first"));
    }

    [Fact]
    public async Task Foreign_key_that_the_model_does_not_know_is_still_checked()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = RelocationModel.Create("made", [_made.Entity("org", []), _made.Entity("team", [_made.Field("org")])]),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(
                    $"CREATE TABLE org (id {engine.CountedKey}); CREATE TABLE team (id {engine.CountedKey}, org bigint NOT NULL REFERENCES org (id))")),
            },
            Cancel);
        var before = await engine.StateAsync(database);
        foreach (var count in new[] { 1, 1_000 })
        {
            var records = string.Join('\n', Enumerable.Range(1, count).Select(key => $$"""team {{key}} {"org": 77}"""));

            var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Made.Backup(records), null, Cancel));

            Assert.Equal(BackupProblemKind.RowRefused, refusal.Problems.Single().Kind);
            Assert.StartsWith("Table 'team' has a foreign key that does not hold", refusal.Problems.Single().Message, StringComparison.Ordinal);
            Assert.Equal(before, await engine.StateAsync(database));
        }
    }

    [Fact]
    public async Task Absent_fields_take_their_defaults_from_clock_and_seed()
    {
        await using var database = await engine.ModelAsync(_made.Entity(
            "token",
            [
                _made.Field("made_at", FieldType.Instant, value: FieldDefault.Now),
                _made.Field("ends_at", FieldType.Instant, value: FieldDefault.After(TimeSpan.FromDays(30))),
                _made.Field("secret", FieldType.Text, value: FieldDefault.Token(40)),
                _made.Field("uuid", FieldType.Guid, value: FieldDefault.Guid),
                _made.Field("kind", FieldType.Text, value: FieldDefault.Constant("\"plain\"")),
                _made.Field("note", FieldType.Text, nullable: true),
            ]));
        var backup = Made.Backup("token 1\ntoken 2 {\"note\": \"n\", \"kind\": \"own\"}");
        var values = new List<string>();
        foreach (var seed in new[] { 3, 3, 4 })
        {
            var result = await database.ImportAsync(backup, new ImportOptions { Clock = new FixedClock(Imports.Now), Seed = seed }, Cancel);

            Assert.Equal(
                ["ends_at 2 /0/fields", "kind 1 /0/fields", "made_at 2 /0/fields", "note 1 /0/fields", "secret 2 /0/fields", "uuid 2 /0/fields"],
                result.Drift.DefaultedFields.Select(drift => $"{drift.Field} {drift.Records} {drift.First.Pointer}"));
            values.Add(await database.TextAsync("SELECT secret, uuid FROM token ORDER BY id DESC LIMIT 2"));
        }

        Assert.Equal(values[0], values[1]);
        Assert.NotEqual(values[0], values[2]);
        var secrets = values[0].Split('\n').Select(line => line.Split('|')[0]).ToList();
        Assert.Equal(2, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Equal((40, true), (secret.Length, secret.All(char.IsAsciiHexDigitLower))));
        Assert.Equal("plain|null\nown|n", await database.TextAsync("SELECT kind, note FROM token WHERE id < 3 ORDER BY id"));
        var instant = _made.Field("made_at", FieldType.Instant);
        var moments = await database.TextAsync(
            $"SELECT DISTINCT {engine.ReadColumn(instant, "made_at")}, {engine.ReadColumn(instant, "ends_at")} FROM token");
        Assert.Equal(
            [Imports.Now, Imports.Now.AddDays(30)],
            moments.Split('|').Select(text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));
    }

    [Fact]
    public async Task Progress_goes_forward_and_ends_with_everything_done()
    {
        await using var database = await engine.ModelAsync(_made.Entity("org", []));
        var reports = new List<ImportProgress>();

        await database.ImportAsync(
            Made.Backup(string.Join('\n', Enumerable.Range(1, 5_000).Select(key => $"org {key}"))),
            new ImportOptions { Progress = new DirectProgress(reports.Add) },
            Cancel);

        Assert.Equal(reports.Select(report => report.Step).Order(), reports.Select(report => report.Step));
        Assert.Equal(Enum.GetValues<ImportStep>(), reports.Select(report => report.Step).Distinct());
        foreach (var step in reports.GroupBy(report => report.Step))
        {
            Assert.Equal(step.Select(report => report.Done).Order(), step.Select(report => report.Done));
            Assert.All(step, report => Assert.True(report.Total is null || report.Done <= report.Total));
        }

        var last = reports.Last(report => report.Step == ImportStep.Writing);
        Assert.Equal((5_000, 5_000L, "made.org"), (last.Done, last.Total, last.Model?.Value));
    }

    [Fact]
    public async Task Scope_of_a_record_is_decided_by_its_fields_or_by_the_record_that_it_follows()
    {
        var owned = new ScopeRule { WhenAnySet = ["project"], Then = "Organization", Otherwise = "Global" };
        var following = new ScopeRule { Follow = "option", Then = "Organization", Otherwise = "Global" };
        await using var database = await engine.ModelAsync(
            _made.Entity("project", []),
            Scoped(_made.Entity("option", [_made.Nullable("project")], Made.To("project", "project")), owned),
            Scoped(_made.Entity("value", [_made.Nullable("option")], Made.To("option", "option")), following));
        var backup = Made.Backup("""
            project 1
            option 1 {"project": 1}
            option 2 {"project": null}
            option 3
            option 4 {"project": 1}
            value 1 {"option": 4}
            value 2 {"option": 2}
            value 3
            """);

        var result = await database.ImportAsync(backup, new ImportOptions { Scope = ImportScope.Of("o", "Organization") }, Cancel);

        Assert.Equal("1\n2", await database.TextAsync("SELECT id FROM option ORDER BY id"));
        Assert.Equal("1|2", await database.TextAsync("SELECT id, option FROM value"));
        Assert.Equal([(1, 0), (2, 2), (1, 2)], result.Models.Select(model => ((int)model.Inserted, (int)model.OutOfScope)));
        Assert.Equal(2, result.Map.NewKey("made.option", 4));
    }

    /// <summary>Shelves and books that need each other; a shelf's first book may be filled in later.</summary>
    protected RelocationEntity[] Cycle() =>
    [
        _made.Entity("shelf", [_made.Nullable("first")], Made.To("book", "first")),
        _made.Entity("book", [_made.Field("shelf"), _made.Nullable("next")], Made.To("shelf", "shelf"), Made.To("book", "next")),
    ];

    protected static string CycleRecords(int count) => string.Join('\n', Enumerable.Range(1, count).SelectMany(key => new[]
    {
        $$"""shelf {{key}} {"first": {{count + 1 - key}}}""",
        $$"""book {{key}} {"shelf": {{count + 1 - key}}, "next": {{(key < count ? key + 1 : "null")}}}""",
    }));

    private static RelocationEntity Scoped(RelocationEntity entity, ScopeRule rule) => new()
    {
        Label = entity.Label,
        Table = entity.Table,
        Key = entity.Key,
        Fields = entity.Fields,
        References = entity.References,
        Scopes = ["Organization", "Global"],
        ScopeRule = rule,
    };

    private static IEnumerable<string> InOrder(ImportResult result) =>
        result.Map.Entries.OrderBy(entry => entry.New).Select(entry => $"{entry.Old} {entry.New}");
}

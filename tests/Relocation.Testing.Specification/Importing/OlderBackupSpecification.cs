using System.Globalization;
using CsCheck;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Press;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Backups of other versions of a user's own model arrive by declared rules, and only by these.</summary>
public abstract class OlderBackupSpecification(DatabaseUnderTest engine)
{
    private const int RandomVersions = 40;

    private const string Older = """
        [
          {"model": "press.writer", "pk": 5, "fields": {"full_name": "Ida", "shoe_size": 38, "desk": {"chamber": "12b"}}},
          {"model": "press.advert", "pk": "x", "fields": {"text": "Buy!"}},
          {"model": "press.article", "pk": 8, "fields": {"headline": "One", "words": 10, "writer": 5, "legacy_code": {"a": 1}}},
          {"model": "news.story", "pk": 9, "fields": {"caption": "Two", "words": 20, "author": 5, "layout": {"columns": 2}, "state": "Draft"}},
          {"model": "press.piece", "pk": 10, "fields": {"title": "Three", "words": 30, "author_id": 5, "state": "published"}}
        ]
        """;

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attributes_and_annotations_of_a_context_take_an_older_backup_that_is_refused_otherwise()
    {
        await using var database = await PressAsync();

        var result = await database.ImportAsync(Backup.FromJson(Older), Refusing(), Cancel);

        Assert.True(result.Drift.IsAsDeclared);
        Assert.Equal(
            [
                "press.advert, dropped: 1 at 3:3 /1",
                "press.author, renamed from press.writer: 1 at 2:3 /0",
                "press.author.desk.office, renamed from desk.chamber: 1 at 2:106 /0/fields/desk/chamber",
                "press.author.name, renamed from full_name: 1 at 2:62 /0/fields/full_name",
                "press.author.desk.floor, defaulted: 1 at 2:48 /0/fields",
                "press.author.joined_at, defaulted: 1 at 2:48 /0/fields",
                "press.author.token, defaulted: 1 at 2:48 /0/fields",
                "press.author.shoe_size, dropped: 1 at 2:82 /0/fields/shoe_size",
                "press.piece, renamed from news.story: 1 at 5:3 /3",
                "press.piece, renamed from press.article: 1 at 4:3 /2",
                "press.piece.author_id, renamed from writer: 1 at 4:92 /2/fields/writer",
                "press.piece.title, renamed from caption: 1 at 5:58 /3/fields/caption",
                "press.piece.title, renamed from headline: 1 at 4:62 /2/fields/headline",
                "press.piece.state, defaulted: 1 at 4:49 /2/fields",
                "press.piece.layout.columns, dropped: 1 at 5:113 /3/fields/layout/columns",
                "press.piece.legacy_code, dropped: 1 at 4:110 /2/fields/legacy_code",
            ],
            result.Drift.Declared.Select(Describe));
        await using var context = database.CreateContext();
        Assert.Equal(
            ["One 10 Archived", "Two 20 Draft", "Three 30 Published"],
            context.Articles.OrderBy(article => article.Id).AsEnumerable().Select(article => $"{article.Title} {article.WordCount} {article.State}"));
        var author = Assert.Single(context.Authors);
        Assert.Equal(("Ida", "12b", 3, Imports.Now), (author.Name, author.Desk.Room, author.Desk.Floor, author.JoinedAt));
        Assert.Equal(12, author.Token!.Length);
        Assert.Equal(5, result.RecordCount);
    }

    [Theory]
    [InlineData("""{"headline": "One", "title": "Two", "words": 1, "author": 1}""", "/1/fields/title")]
    [InlineData("""{"title": "Two", "headline": "One", "words": 1, "author": 1}""", "/1/fields/headline")]
    [InlineData("""{"headline": "One", "caption": "Two", "words": 1, "author": 1}""", "/1/fields/caption")]
    [InlineData("""{"title": "One", "words": 1, "author": 1, "writer": 1}""", "/1/fields/writer")]
    public async Task Old_and_new_name_in_one_record_are_an_error(string fields, string pointer)
    {
        await using var database = await PressAsync();
        var before = await engine.StateAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Backup.FromJson(
                """[{"model": "press.author", "pk": 1, "fields": {"name": "Ida", "desk": {"office": "1"}}}, """
                + """{"model": "press.piece", "pk": 1, "fields": """ + fields + "}]"),
            null,
            Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal((BackupProblemKind.DoubledMember, pointer), (problem.Kind, problem.Place.Pointer));
        Assert.Contains("former names", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Theory]
    [InlineData("""node 1 {"label": 1, "colour": 2}""", BackupProblemKind.UnknownField)]
    [InlineData("""node 1 {}""", BackupProblemKind.MissingField)]
    [InlineData("""leaf 1 {}""", BackupProblemKind.UnknownModel)]
    public async Task Refuse_refuses_what_no_rule_declares(string record, BackupProblemKind kind)
    {
        await using var database = await engine.ModelAsync(_made.Entity("node", [_made.Nullable("label")]));
        var backup = Made.Backup($$"""
            node 7 {"name": 1, "size": 2}
            {{record}}
            twig 1
            """);
        var rules = new[]
        {
            BackupRule.FieldRenamed("made.node", "name", "label"),
            BackupRule.FieldDropped("made.node", "size"),
            BackupRule.ModelDropped("made.twig"),
        };
        var before = await engine.StateAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(backup, Refusing(rules), Cancel));
        var state = await engine.StateAsync(database);
        var result = await database.ImportAsync(backup, new ImportOptions { BackupRules = rules }, Cancel);

        Assert.Equal(kind, Assert.Single(refusal.Problems).Kind);
        Assert.Equal(before, state);
        Assert.False(result.Drift.IsAsDeclared);
        Assert.Equal(3, result.Drift.Declared.Count);
        Assert.Equal(1, result.Drift.UnknownModels.Count + result.Drift.UnknownFields.Count + result.Drift.DefaultedFields.Count);
    }

    [Fact]
    public async Task Declared_default_of_a_model_made_by_hand_is_what_the_rule_says()
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("node", [_made.Field("rank"), _made.Field("text", FieldType.Text), _made.Nullable("parent")], Made.To("node", "parent")));
        BackupRule[] rules =
        [
            BackupRule.FieldAdded("made.node", "rank", FieldDefault.Of(7)),
            BackupRule.FieldAdded("made.node", "text", FieldDefault.Of("a \"b\"")),
            BackupRule.FieldAdded("made.node", "parent", FieldDefault.Of(null)),
            BackupRule.ModelRenamed("old.knot", "made.node"),
            BackupRule.FieldRenamed("made.node", "above", "parent"),
        ];

        var result = await database.ImportAsync(
            Backup.FromJson("""
                [{"model": "old.knot", "pk": 4, "fields": {}},
                 {"model": "made.node", "pk": 5, "fields": {"rank": 1, "text": "t", "above": 4}}]
                """),
            Refusing(rules),
            Cancel);

        Assert.Equal("1|7|a \"b\"|null\n2|1|t|1", await database.TextAsync("SELECT id, rank, text, parent FROM node ORDER BY id"));
        Assert.Equal(
            [
                "made.node, renamed from old.knot: 1 at 1:2 /0", "made.node.parent, renamed from above: 1 at 2:78 /1/fields/above",
                "made.node.parent, defaulted: 1 at 1:43 /0/fields", "made.node.rank, defaulted: 1 at 1:43 /0/fields",
                "made.node.text, defaulted: 1 at 1:43 /0/fields",
            ],
            result.Drift.Declared.Select(Describe));
    }

    [Fact]
    public async Task Renamed_label_and_reference_are_followed_where_drops_are_decided_before_the_first_row()
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("org", []), _made.Entity("team", [_made.Field("org")], Made.To("org", "org", UnresolvedReferencePolicy.Drop)));
        var options = new ImportOptions
        {
            BackupRules = [BackupRule.FieldRenamed("made.team", "company", "org"), BackupRule.ModelRenamed("made.company", "made.org")],
        };

        var result = await database.ImportAsync(
            Made.Backup("""
                company 3
                team 1 {"company": 3}
                team 2 {"company": 4}
                """),
            options,
            Cancel);

        Assert.Equal("1|1", await database.TextAsync("SELECT id, org FROM team"));
        Assert.Equal(2, Assert.Single(result.Dropped).Place.Key!.Value.AsInteger());
    }

    [Fact]
    public async Task Objects_that_were_renamed_and_are_null_count_once_and_never_beside_the_new_one()
    {
        var street = _made.Field("home.street", FieldType.Text, nullable: true);
        var city = _made.Field("home.city", FieldType.Text, nullable: true);
        await using var database = await engine.ModelAsync(_made.Entity(
            "node",
            [Column(street, "street"), Column(city, "city")]));
        var options = Refusing(BackupRule.FieldRenamed("made.node", "address", "home"));

        var result = await database.ImportAsync(
            Made.Backup("""
                node 1 {"address": null}
                node 2 {"address": {"street": "S", "city": "C"}}
                """),
            options,
            Cancel);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("""node 3 {"home": {"street": "S", "city": "C"}, "address": null}"""), options, Cancel));

        Assert.Equal([2, 2], result.Drift.Declared.Select(drift => drift.Records));
        Assert.Equal("1|null|null\n2|S|C", await database.TextAsync("SELECT id, street, city FROM node ORDER BY id"));
        Assert.All(refusal.Problems, problem => Assert.Equal(BackupProblemKind.DoubledMember, problem.Kind));

        static RelocationField Column(RelocationField field, string name) => field with { Column = name };
    }

    [Fact]
    public async Task Any_renaming_and_dropping_leads_to_the_rows_that_the_present_backup_leads_to()
    {
        await using var database = await engine.ShopAsync();
        var present = await File.ReadAllTextAsync(Repository.Fixture("shop", "complete.json"), Cancel);
        var expected = await database.ImportAsync(Backup.FromJson(present), null, Cancel);
        var rows = await engine.FingerprintAsync(database);
        var whole = new ExportOptions { Moments = MomentPrecision.Microseconds };
        var equal = await CompareAsync(present, await database.ExportToJsonAsync(whole, Cancel), database.Model);
        Assert.Equal((0, 57), equal);

        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 100]).SampleAsync(
            async (seed, share) =>
            {
                await database.ResetAsync(ResetTo.Baseline, Cancel);
                var version = OlderVersion.Of(database.Model, present, seed, share);

                var result = await database.ImportAsync(
                    Backup.FromJson(version.Json),
                    new ImportOptions { BackupRules = version.Rules, UnknownFields = DriftPolicy.Refuse, UnknownModels = DriftPolicy.Refuse },
                    Cancel);

                Assert.Equal(expected.Map, result.Map);
                Assert.Equal(rows, await engine.FingerprintAsync(database));
                Assert.Equal(
                    version.Expected,
                    result.Drift.Declared.Where(drift => !IsMemberOfObject(drift)).Select(Line).Order(StringComparer.Ordinal));
                Assert.Equal(expected.Drift.DefaultedFields.Select(Count), result.Drift.DefaultedFields.Select(Count));
                Assert.Equal(
                    equal, await CompareAsync(version.Json, await database.ExportToJsonAsync(whole, Cancel), database.Model.WithRules(version.Rules)));
            },
            iter: RandomVersions,
            threads: 1);

        static string Count(FieldDrift drift) => $"{drift.Model} {drift.Field} {drift.Records}";

        static string Line(DeclaredDrift drift) =>
            $"{drift.Kind} {drift.Former ?? (drift.Field is null ? drift.Model.Value : $"{drift.Model}.{drift.Field}")} {drift.Records}";

        static bool IsMemberOfObject(DeclaredDrift drift) =>
            drift.Kind == BackupRuleKind.FieldRenamed && drift.Former!.Contains('.', StringComparison.Ordinal);
    }

    /// <summary>How many findings there are, and in how many pairs of records.</summary>
    private static async Task<(long Findings, long Pairs)> CompareAsync(string older, string exported, RelocationModel model)
    {
        var result = await BackupComparer.CompareAsync(
            Backup.FromJson(older), Backup.FromJson(exported), new ComparisonOptions { Model = model }, Cancel);
        Assert.True(result.IsEmpty, result.Findings.ToPretty());
        return (result.Count, result.ComparedRecords);
    }

    private static ImportOptions Refusing(params BackupRule[] rules) => new()
    {
        BackupRules = rules,
        UnknownModels = DriftPolicy.Refuse,
        UnknownFields = DriftPolicy.Refuse,
        AbsentFields = DriftPolicy.Refuse,
        Clock = new FixedClock(Imports.Now),
    };

    private static string Describe(DeclaredDrift drift) => string.Create(
        CultureInfo.InvariantCulture, $"{drift}: {drift.Records} at {drift.First.Line}:{drift.First.Column} {drift.First.Pointer}");

    private Task<TestDatabase<PressContext>> PressAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<PressContext> { Target = engine.Target, CreateContext = static options => new PressContext(options) }, Cancel);
}

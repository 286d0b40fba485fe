using System.Globalization;
using System.Text;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>What holds for every backup when it is imported again, whatever collides.</summary>
public abstract class CollisionPropertySpecification(DatabaseUnderTest engine)
{
    private static readonly string[] Tables = ["org", "user", "member", "team", "node"];

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Merge_adds_no_row_and_every_reference_lands_where_it_did(int seed)
    {
        await using var database = await ModelAsync();
        var backup = Made.Backup(Records(new Random(seed)));
        var options = Options(CollisionPolicy.Merge, seed);
        var first = await database.ImportAsync(backup, options, Cancel);
        var rows = await ContentAsync(database);

        var second = await database.ImportAsync(backup, options, Cancel);

        Assert.Equal(rows, await ContentAsync(database));
        Assert.Equal(
            first.Map.Entries.Select(mapping => (mapping.Model, mapping.Old, mapping.New)),
            second.Map.Entries.Select(mapping => (mapping.Model, mapping.Old, mapping.New)));
        Assert.All(second.Map.Entries, mapping => Assert.Equal(KeyMappingKind.Existing, mapping.Kind));
        MustAccount(first);
        MustAccount(second);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Overwrite_by_the_same_backup_changes_nothing_and_by_another_exactly_its_rows(int seed)
    {
        await using var database = await ModelAsync();
        var records = Records(new Random(seed));
        var options = Options(CollisionPolicy.Overwrite, seed);
        await database.ImportAsync(Made.Backup(records), options, Cancel);
        var rows = await ContentAsync(database);
        var untouched = await database.TextAsync("SELECT name, note FROM \"user\" WHERE id % 2 = 0 ORDER BY id");

        var same = await database.ImportAsync(Made.Backup(records), options, Cancel);
        Assert.Equal(rows, await ContentAsync(database));
        MustAccount(same);

        var names = (await database.TextAsync("SELECT name FROM \"user\" WHERE id % 2 = 1 ORDER BY id")).Split('\n');
        var other = Made.Backup(string.Join('\n', names.Select((name, i) => $$"""user {{i + 500}} {"name": "{{name}}", "note": "new"}""")));
        var changed = await database.ImportAsync(other, options, Cancel);

        Assert.Equal(names.Length, changed.Models.Single().Overwritten);
        Assert.Equal(untouched, await database.TextAsync("SELECT name, note FROM \"user\" WHERE id % 2 = 0 ORDER BY id"));
        Assert.Equal($"{names.Length}", await database.TextAsync("SELECT count(*) FROM \"user\" WHERE note = 'new'"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Suffix_inserts_everything_and_leads_references_to_the_new_rows(int seed)
    {
        await using var database = await ModelAsync();
        var backup = Made.Backup(Records(new Random(seed)));
        var options = Options(CollisionPolicy.Suffix, seed);
        await database.ImportAsync(backup, options, Cancel);
        var before = await database.TextAsync("SELECT max(id) FROM member");

        var second = await database.ImportAsync(backup, options, Cancel);

        Assert.All(second.Map.Entries, mapping => Assert.Equal(KeyMappingKind.Inserted, mapping.Kind));
        Assert.Equal(second.RecordCount, second.Map.Count);
        Assert.Equal(
            "0",
            await database.TextAsync($"""
                SELECT count(*) FROM member m, org o, "user" u WHERE m.id > {before} AND m.org = o.id AND m."user" = u.id
                AND (o.id <= (SELECT count(*) / 2 FROM org) OR u.id <= (SELECT count(*) / 2 FROM "user"))
                """));
        MustAccount(second);
    }

    private static void MustAccount(ImportResult result) => Assert.All(result.Models, model => Assert.Equal(
        model.Records, model.Inserted + model.Existing + model.Overwritten + model.OutOfScope + model.Filtered + model.Dropped));

    private static ImportOptions Options(CollisionPolicy policy, int seed) => new()
    {
        OnCollision = policy,
        Seed = seed,
        ChunkSize = 1 + (seed * 7 % 40),
    };

    /// <summary>Records of which many share values, in an order in which children may come before parents of their own model.</summary>
    private static string Records(Random random)
    {
        var text = new StringBuilder();
        var count = random.Next(5, 60);
        for (var i = 1; i <= count; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $$"""org {{i}} {"slug": "s{{i}}", "region": {{random.Next(3)}}}""");
            text.AppendLine(CultureInfo.InvariantCulture, $$"""user {{i}} {"name": "{{(random.Next(2) == 0 ? "User" : "uSER")}}{{i}}", "note": "n{{random.Next(5)}}"}""");
        }

        for (var i = 1; i <= count; i++)
        {
            // Distinct pairs, as their set has nothing that a suffix could change.
            text.AppendLine(CultureInfo.InvariantCulture, $$"""member {{i}} {"org": {{i}}, "user": {{1 + (i * 3 % count)}}}""");
            text.AppendLine(CultureInfo.InvariantCulture, $$"""team {{i}} {"org": {{random.Next(1, count + 1)}}, "slug": "t{{i}}"}""");
            var parent = i < count && random.Next(4) > 0 ? $"{random.Next(i + 1, count + 1)}" : "null";
            text.AppendLine(CultureInfo.InvariantCulture, $$"""node {{i}} {"parent": {{parent}}, "name": "{{i}}", "code": "c{{random.Next(10)}}"}""");
        }

        return text.ToString();
    }

    private static async Task<string> ContentAsync(TestDatabase database)
    {
        var content = new StringBuilder();
        foreach (var table in Tables)
        {
            content.AppendLine(await database.TextAsync($"SELECT * FROM \"{table}\" ORDER BY id"));
        }

        return content.ToString();
    }

    private Task<TestDatabase> ModelAsync()
    {
        var node = _made.Entity("node", [_made.Nullable("parent"), Text("name"), Text("code")], Made.To("node", "parent"));
        return engine.ModelAsync(
            With(_made.Entity("org", [Text("slug"), _made.Field("region")]), Set("org", "slug")),
            With(_made.Entity("user", [Text("name"), Text("note")]), new UniqueSet { Name = "user_name", Fields = ["name"], IgnoresCase = true }),
            With(_made.Entity("member", [_made.Field("org"), _made.Field("user")], Made.To("org", "org"), Made.To("user", "user")), Set("member", "org", "user")),
            With(_made.Entity("team", [_made.Field("org"), Text("slug")], Made.To("org", "org")), Set("team", "org", "slug")),
            With(node, Set("node", "parent", "name"), new UniqueSet { Name = "node_root", Fields = ["name"], Condition = "parent IS NULL" }));
    }

    private static UniqueSet Set(string table, params string[] fields) => new() { Name = $"{table}_{string.Join('_', fields)}", Fields = fields };

    private static RelocationEntity With(RelocationEntity entity, params UniqueSet[] uniques) => entity with { Uniques = uniques };

    private RelocationField Text(string name) => _made.Field(name, FieldType.Text);
}

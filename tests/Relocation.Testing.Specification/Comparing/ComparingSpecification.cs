using System.Text.Json.Nodes;
using CsCheck;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.Specification.Comparing;

/// <summary>What is imported and exported is equal, whatever its keys, its order and its form.</summary>
public abstract class ComparingSpecification(DatabaseUnderTest engine)
{
    private const int RandomBackups = 25;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Case("contexts/guids")]
    public async Task Guid_keys_are_made_anew_in_the_order_of_the_old_ones_and_do_not_tell_backups_apart()
    {
        await using var database = await DatabaseAsync();
        var original = Records(
            [.. Enumerable.Range(0, 20).Select(at => Holder(at)),
            .. Enumerable.Range(0, 20).Select(at => $$$"""{"model":"compared.letter","pk":"{{{Guid(at + 50)}}}","fields":{"title":"t{{{at % 5}}}","holder_id":"{{{Guid(at % 7)}}}"}}""")]);

        var (first, map) = await PassAsync(database, original);
        var (second, _) = await PassAsync(database, first);

        foreach (var label in new[] { "compared.holder", "compared.letter" })
        {
            var keys = map.Of(ModelLabel.Parse(label)).OrderBy(mapping => mapping.Old).Select(mapping => mapping.New).ToList();
            Assert.Equal(keys.Order(), keys);
            Assert.Equal(20, keys.Count);
        }

        await AssertEqualAsync(database, original, first);
        await AssertEqualAsync(database, first, second);
        Assert.Equal(["age"], await FieldsAsync(database, original, second.Replace("\"age\":3", "\"age\":9", StringComparison.Ordinal).Replace("\"age\": 3", "\"age\": 9", StringComparison.Ordinal)));
    }

    [Fact]
    [Case("contexts/o")]
    public async Task Owned_rows_that_have_keys_have_no_order()
    {
        await using var database = await DatabaseAsync();
        var original = Records("""
            {"model":"compared.session","pk":1,"fields":{"guests":[{"email":"b@x.org","since":"2024-01-01T01:00:00+01:00"},{"email":"a@x.org"}]}}
            """);

        var (exported, _) = await PassAsync(database, original);

        await AssertEqualAsync(database, original, exported);
        Assert.Equal(["guests"], await FieldsAsync(database, original, exported.Replace("b@x.org", "c@x.org", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"model":"compared.topic","pk":1,"fields":{"name":"t"}},{"model":"compared.story","pk":1,"fields":{"title":"s","topics":[1]}}""")]
    [InlineData("""{"model":"compared.story","pk":1,"fields":{"title":"s"}},{"model":"compared.topic","pk":1,"fields":{"name":"t","stories":[1]}}""")]
    [Case("contexts/m")]
    public async Task Relations_are_the_same_as_lists_at_either_end_and_as_records(string records)
    {
        await using var database = await DatabaseAsync();
        var original = Records(records);

        var (exported, _) = await PassAsync(database, original);

        await AssertEqualAsync(database, original, exported);
        await AssertEqualAsync(database, exported, original);
        Assert.NotEmpty(await FieldsAsync(database, Records(records.Replace("[1]", "[]", StringComparison.Ordinal)), exported));
    }

    [Theory]
    [InlineData("0", "[0,1]")]
    [InlineData("\"Happy\"", "[\"Happy\",\"Sad\"]")]
    [InlineData("\"happy\"", "[\"Happy\",1]")]
    [Case("contexts/e")]
    public async Task Enums_are_the_same_by_name_and_by_number(string mood, string moods)
    {
        await using var database = await DatabaseAsync();
        var original = Records($$$"""{"model":"compared.day","pk":1,"fields":{"mood":{{{mood}}},"moods":{{{moods}}}}}""");

        var (exported, _) = await PassAsync(database, original);

        await AssertEqualAsync(database, original, exported);
        Assert.Equal(["moods"], await FieldsAsync(database, original, Records($$$"""{"model":"compared.day","pk":1,"fields":{"mood":{{{mood}}},"moods":[1,0]}}""")));
    }

    [Fact]
    public async Task Backups_of_every_mapping_are_equal_in_any_order_and_under_new_keys()
    {
        await using var database = await engine.EverythingAsync();
        await Gen.Int[0, int.MaxValue].SampleAsync(
            async seed =>
            {
                using var stream = new MemoryStream();
                await SyntheticBackup.For(database.Model, new SyntheticBackupOptions { Seed = seed, RecordsPerModel = seed % 5 }).WriteAsync(stream, Cancel);
                var generated = System.Text.Encoding.UTF8.GetString(stream.ToArray());
                var (first, _) = await PassAsync(database, generated);
                var (second, _) = await PassAsync(database, ShopBackups.Shuffle(JsonNode.Parse(first)!.AsArray(), new Random(seed)).ToJsonString());

                await AssertEqualAsync(database, generated, generated);
                await AssertEqualAsync(database, first, second);
            },
            iter: RandomBackups,
            threads: 1);
    }

    private static string Holder(int at)
    {
        var name = at % 3 == 0 ? "null" : $"\"n{at}\"";
        return $$$"""{"model":"compared.holder","pk":"{{{Guid(at)}}}","fields":{"name":{{{name}}},"age":{{{at % 4}}}}}""";
    }

    private static string Records(params string[] records) => $"[{string.Join(",\n", records)}]";

    /// <summary>Guids whose order is not that of their numbers.</summary>
    private static Guid Guid(int number) => new(unchecked(number * 0x3C6EF372), 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)number);

    /// <summary>Imports a backup into the empty database and exports it.</summary>
    private static async Task<(string Json, PrimaryKeyMap Map)> PassAsync(TestDatabase database, string json)
    {
        await database.ResetAsync(ResetTo.Empty, Cancel);
        var result = await database.ImportAsync(Backup.FromJson(json), null, Cancel);
        return (await database.ExportToJsonAsync(null, Cancel), result.Map);
    }

    private static async Task AssertEqualAsync(TestDatabase database, string left, string right)
    {
        var result = await CompareAsync(database, left, right);
        Assert.True(result.IsEmpty, $"{result.Findings}\n{left}\n{right}");
    }

    private static async Task<IEnumerable<string?>> FieldsAsync(TestDatabase database, string left, string right) =>
        (await CompareAsync(database, left, right)).Findings.Select(finding => finding.Field).Distinct();

    private static Task<ComparisonResult> CompareAsync(TestDatabase database, string left, string right) => BackupComparer.CompareAsync(
        Backup.FromJson(left, "left"), Backup.FromJson(right, "right"), new ComparisonOptions { Model = database.Model, IncludeValues = true }, Cancel);

    private Task<TestDatabase<ComparedContext>> DatabaseAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<ComparedContext> { Target = engine.Target, CreateContext = options => new ComparedContext(options) }, Cancel);
}

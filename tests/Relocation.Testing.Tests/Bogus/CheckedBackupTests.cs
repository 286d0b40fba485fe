using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Relocation.Testing.Tests.Bogus;

/// <summary>Values that checks allow, whether they are read or a database judges them.</summary>
public sealed class CheckedBackupTests
{
    private const string Model = "library.checked";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("((price)::bigint = ANY ((ARRAY[(3)::bigint, 5])::bigint[]))", "3 5")]
    [InlineData("price <> ALL (ARRAY[(1)::bigint]) AND price <= (3)::integer AND price >= 0", "0 2 3")]
    [InlineData("price BETWEEN '-3'::integer AND -1", "-3 -2 -1")]
    [InlineData("NOT (price < 5) AND price < 7", "5 6")]
    [InlineData("\"price\" > 3 and \"checked\".price < 6", "4 5")]
    [InlineData("[price] IN (8) OR price * 2 = 14", "7 8")]
    [InlineData("CAST(price AS integer) IN (1e1, 20) AND price NOT BETWEEN 15 AND 25", "10")]
    [InlineData("5 >= price AND price % 5 = 0 AND price > -1", "0 5")]
    [InlineData("(price = 1 OR (price = 2 AND 1 = 1)) AND price IS NOT NULL", "1 2")]
    public async Task Values_are_all_and_only_those_that_the_check_allows(string check, string allowed)
    {
        var prices = (await RecordsAsync(Make(check), 60)).Select(record => record["price"]!.GetValue<long>()).Distinct().Order();

        Assert.Equal(allowed, string.Join(' ', prices));
    }

    [Theory]
    [InlineData("name LIKE 'A%'")]
    [InlineData("((name)::text ~~ 'A%'::text)")]
    [InlineData("name ~ '^A'")]
    [InlineData("name LIKE 'A%' OR substr(name, 1, 1) = 'A'")]
    public async Task Texts_are_made_by_the_patterns_of_a_check(string check) => Assert.All(
        await RecordsAsync(Make(check), 30), record => Assert.StartsWith("A", record["name"]!.GetValue<string>(), StringComparison.Ordinal));

    [Fact]
    public async Task Values_that_a_database_judges_follow_from_the_seed_alone()
    {
        var model = Make("price * 3 > length(name) * 1000 OR name < 'K'");

        var first = await RecordsAsync(model, 200);
        var again = await RecordsAsync(model, 200);
        var more = await RecordsAsync(model, 300);

        Assert.Equal(first.Select(record => record.ToJsonString()), again.Select(record => record.ToJsonString()));
        Assert.Equal(first.Select(record => record.ToJsonString()), more.Take(200).Select(record => record.ToJsonString()));
    }

    [Fact]
    public async Task Backup_is_written_the_same_by_several_at_a_time()
    {
        var backup = SyntheticBackup.For(Make("price % 3 = 1 AND (name < 'K' OR price > 5000)"), new SyntheticBackupOptions { RecordsPerModel = 300 });

        var texts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TextAsync(backup), Cancel)));

        Assert.Single(texts.Distinct());
    }

    [Fact]
    public async Task Values_meet_a_check_on_a_day_whenever_they_are_made()
    {
        var options = new SyntheticBackupOptions { RecordsPerModel = 30, ReferenceDate = new DateOnly(2031, 5, 1) };
        var model = Make("made_on > '2031-01-01' AND NOT made_on >= CURRENT_DATE");

        var days = JsonNode.Parse(await TextAsync(SyntheticBackup.For(model, options)))!.AsArray()
            .Select(record => record!["fields"]!["made_on"]!.GetValue<string>());

        Assert.All(days, day => Assert.InRange(day, "2031-01-02", "2031-04-30"));
    }

    private static RelocationModel Make(string check) => RelocationModel.Create("checked",
    [
        new RelocationEntity
        {
            Label = ModelLabel.Parse(Model),
            Table = "checked",
            Key = new RelocationKey { Fields = [LibraryModel.Field("id", FieldType.Integer)], Policy = KeyPolicy.Remap },
            Fields =
            [
                LibraryModel.Field("price", FieldType.Integer), LibraryModel.Field("name", FieldType.Text, maxLength: 12),
                LibraryModel.Field("made_on", FieldType.Date),
            ],
            Checks = new Dictionary<string, string> { ["the_check"] = check },
        },
    ]);

    private static async Task<List<JsonObject>> RecordsAsync(RelocationModel model, int records) =>
        [.. JsonNode.Parse(await TextAsync(SyntheticBackup.For(model, new SyntheticBackupOptions { RecordsPerModel = records })))!.AsArray()
            .Select(record => record!["fields"]!.AsObject())];

    private static async Task<string> TextAsync(SyntheticBackup backup)
    {
        using var stream = new MemoryStream();
        await backup.WriteAsync(stream, Cancel);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

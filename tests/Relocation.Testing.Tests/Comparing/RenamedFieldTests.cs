using Xunit;

namespace Relocation.Testing.Tests.Comparing;

/// <summary>Backups of other versions are compared under the names that the model has now.</summary>
public sealed class RenamedFieldTests
{
    private const string Fields =
        """{"name": "Ida", "email": "ida@example.com", "born": "1990-01-01T00:00:00Z", "boss": 1, "home": {"street": "S", "city": "C"}, "size": 3}""";

    private static readonly RelocationModel Model = RelocationModel.Create(
        "made",
        [
            Entities.Entity(
                "person",
                [
                    Entities.Field("name", FieldType.Text), Entities.Field("email", FieldType.Text), Entities.Field("born", FieldType.Instant), Entities.Field("boss"),
                    Entities.Field("home.street", FieldType.Text) with { Column = "street" },
                    Entities.Field("home.city", FieldType.Text) with { Column = "city" }, Entities.Field("size"),
                ],
                Entities.To("person", "boss")) with { OrdinalFields = ["name"] },
        ]).WithRules(
            BackupRule.FieldRenamed("made.person", "full_name", "name"),
            BackupRule.FieldRenamed("made.person", "mail", "email"),
            BackupRule.FieldRenamed("made.person", "birthday", "born"),
            BackupRule.FieldRenamed("made.person", "chief", "boss"),
            BackupRule.FieldRenamed("made.person", "address", "home"),
            BackupRule.FieldRenamed("made.person", "town", "home.city"),
            BackupRule.FieldRenamed("made.person", "body.size", "size"),
            BackupRule.FieldDropped("made.person", "shoe"),
            BackupRule.FieldDropped("made.person", "home.floor"),
            BackupRule.ModelDropped("made.advert"));

    public static TheoryData<string> Older =>
    [
        """{"full_name": "Ida", "email": "ida@example.com", "born": "1990-01-01T00:00:00Z", "boss": 1, "home": {"street": "S", "city": "C"}, "size": 3}""",
        """{"name": "Ida", "mail": "ida@example.com", "birthday": "1990-01-01T01:00:00.000+01:00", "boss": 1, "home": {"street": "S", "city": "C"}, "size": 3}""",
        """{"name": "Ida", "email": "ida@example.com", "born": "1990-01-01T00:00:00Z", "chief": 1, "address": {"street": "S", "city": "C"}, "size": 3}""",
        """{"name": "Ida", "email": "ida@example.com", "born": "1990-01-01T00:00:00Z", "boss": 1, "home": {"street": "S"}, "town": "C", "body": {"size": 3}}""",
        """{"full\u005fname": "Ida", "email": "ida@example.com", "born": "1990-01-01T00:00:00Z", "boss": 1, "home": {"street": "S", "city": "C", "floor": 2}, "size": 3, "shoe": 38}""",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Older))]
    public async Task Renamed_field_is_compared_by_its_own_comparator(string older)
    {
        Assert.Empty(await CompareAsync(older, Fields));
        Assert.Empty(await CompareAsync(Fields, older));
        Assert.Empty(await CompareAsync(older, older));
    }

    [Theory]
    [InlineData("birthday", "\"1991-01-01T00:00:00Z\"", "DatetimeEqualityComparator")]
    [InlineData("mail", "\"ada@example.com\"", "EmailObfuscatingComparator")]
    [InlineData("chief", "null", "ForeignKeyComparatorExistenceCheck")]
    [InlineData("chief", "9", "ForeignKeyComparator")]
    [InlineData("address", "{\"street\": \"S\", \"city\": \"D\"}", "UnequalJSON")]
    [InlineData("address", "null", "UnequalJSON")]
    [InlineData("body", "{\"size\": 4}", "UnequalJSON")]
    public async Task Other_value_under_a_former_name_is_found(string former, string value, string kind)
    {
        var own = former switch { "birthday" => "born", "mail" => "email", "chief" => "boss", "address" => "home", _ => "size" };
        var older = System.Text.Json.Nodes.JsonNode.Parse(Fields)!.AsObject();
        older.Remove(own);
        older[former] = System.Text.Json.Nodes.JsonNode.Parse(value);

        var findings = await CompareAsync(older.ToJsonString(), Fields);

        Assert.Equal(kind, Assert.Single(findings).Kind.Name);
    }

    [Fact]
    public async Task Dropped_field_that_both_have_is_compared()
    {
        var finding = Assert.Single(await CompareAsync(Fields.Replace("{\"name", "{\"shoe\": 38, \"name", StringComparison.Ordinal), Fields.Replace("{\"name", "{\"shoe\": 39, \"name", StringComparison.Ordinal)));

        Assert.Equal("shoe", finding.Field);
    }

    [Fact]
    public async Task Records_pair_by_a_renamed_field_that_orders_them_and_dropped_models_are_left_out()
    {
        var left = Backup.FromJson("""
            [{"model": "made.advert", "pk": 1, "fields": {}},
             {"model": "made.person", "pk": 1, "fields": {"full_name": "b", "boss": null}}, {"model": "made.person", "pk": 2, "fields": {"full_name": "a", "boss": 1}}]
            """);
        var right = Backup.FromJson("""
            [{"model": "made.person", "pk": 1, "fields": {"name": "a", "boss": 2}}, {"model": "made.person", "pk": 2, "fields": {"name": "b", "boss": null}}]
            """);

        foreach (var (one, other) in new[] { (left, right), (right, left) })
        {
            var result = await BackupComparer.CompareAsync(one, other, new ComparisonOptions { Model = Model }, Cancel);

            Assert.True(result.IsEmpty, result.Findings.ToPretty());
            Assert.Equal(2, result.ComparedRecords);
        }
    }

    private static async Task<Findings> CompareAsync(string left, string right) =>
        (await BackupComparer.CompareAsync(BackupOf(left), BackupOf(right), new ComparisonOptions { Model = Model }, Cancel)).Findings;

    private static Backup BackupOf(string fields) => Backup.FromJson($"[{{\"model\": \"made.person\", \"pk\": 1, \"fields\": {fields}}}]");
}

using Xunit;

namespace Relocation.Testing.Tests.Comparing;

/// <summary>References of several fields are compared by what they lead to, as those of one field are.</summary>
public sealed class CompositeReferenceTests
{
    private const string Left = """
        {"model": "made.order", "pk": 1, "fields": {}}, {"model": "made.order", "pk": 2, "fields": {}},
        {"model": "made.line", "pk": [1, 1], "fields": {}}, {"model": "made.line", "pk": [1, 2], "fields": {}}, {"model": "made.line", "pk": [2, 1], "fields": {}}
        """;

    private const string Right = """
        {"model": "made.order", "pk": 7, "fields": {}}, {"model": "made.order", "pk": 9, "fields": {}},
        {"model": "made.line", "pk": [9, 1], "fields": {}}, {"model": "made.line", "pk": [7, 2], "fields": {}}, {"model": "made.line", "pk": [7, 1], "fields": {}}
        """;

    private static readonly RelocationEntity Line = Entities.Entity("line", [], Entities.To("order", "order")) with
    {
        Key = new RelocationKey { Fields = [Key("order"), Key("number")], Policy = KeyPolicy.Compose },
    };

    private static readonly RelocationReference ToLine = new() { Name = "line", Fields = ["order", "number"], Target = Line.Label };

    private static readonly RelocationModel Model = RelocationModel.Create(
        "made", [Entities.Entity("order", []), Line, Entities.Entity("returned", [Entities.Field("order"), Entities.Field("number")], ToLine)]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1, 2", "7, 2", null)]
    [InlineData("2, 1", "9, 1", null)]
    [InlineData("1, 2", "7, 1", "`(order, number)` leads to another record: made.line [1,2] on the left, made.line [7,1] on the right")]
    [InlineData("1, 1", "9, 1", "`(order, number)` leads to another record: made.line [1,1] on the left, made.line [9,1] on the right")]
    [InlineData("1, 1", "9, 2", "`(order, number)` leads to a record that the right backup does not hold: made.line [1,1] on the left, made.line [9,2] on the right")]
    [InlineData("null, null", "null, null", null)]
    [InlineData("null, null", "7, 1", "`number` has a value on the right only: null on the left, a number on the right|`order` has a value on the right only: null on the left, a number on the right")]
    [InlineData("1, null", "1, null", null)]
    public async Task Reference_of_two_fields_follows_the_keys(string left, string right, string? reasons)
    {
        var findings = await CompareAsync(Model, Returned(left), Returned(right));

        Assert.Equal(reasons, findings.Count == 0 ? null : string.Join('|', findings.Select(finding => finding.Reason)));
        Assert.All(findings, finding => Assert.StartsWith("ForeignKeyComparator", finding.Kind.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Part_of_a_reference_that_leads_nowhere_is_compared_as_it_is()
    {
        var finding = Assert.Single(await CompareAsync(Model, Returned("1, null"), Returned("2, null")));

        Assert.Equal(FindingKind.UnequalJson, finding.Kind);
    }

    [Fact]
    public async Task Part_of_a_reference_in_the_records_own_key_counts()
    {
        var own = Entities.Entity("note", [Entities.Field("number")], ToLine) with
        {
            Key = new RelocationKey { Fields = [Key("order"), Key("at")], Policy = KeyPolicy.Compose },
        };
        var model = RelocationModel.Create("made", [.. Model.Entities, own]);

        Assert.Empty(await CompareAsync(model, Note("1, 5", 2), Note("7, 5", 2)));
        var finding = Assert.Single(await CompareAsync(model, Note("1, 5", 2), Note("7, 5", 1)));
        Assert.Contains("leads to another record", finding.Reason, StringComparison.Ordinal);

        static string Note(string key, int number) => $"{{\"model\": \"made.note\", \"pk\": [{key}], \"fields\": {{\"number\": {number}}}}}";
    }

    [Fact]
    public void Comparator_of_a_reference_is_gone_without_one_of_its_fields()
    {
        var label = ModelLabel.Parse("made.returned");
        var map = Comparators.Default(Model);

        Assert.Equal("ForeignKeyComparator(number, order)", Assert.Single(map.Of(label)).ToString());
        Assert.Empty(map.Without(label, "number").Of(label));
        Assert.Equal(
            "IgnoredComparator(order)", Assert.Single(Comparators.Default(Model, ComparatorMap.Empty.With(label, new IgnoredComparator("order"))).Of(label)).ToString());
    }

    private static async Task<Findings> CompareAsync(RelocationModel model, string left, string right) => (await BackupComparer.CompareAsync(
        Backup.FromJson($"[{Left}, {left}]"), Backup.FromJson($"[{Right}, {right}]"), new ComparisonOptions { Model = model }, Cancel)).Findings;

    private static RelocationField Key(string name) => Entities.Field(name) with { IsNullable = false };

    private static string Returned(string values) => $"{{\"model\": \"made.returned\", \"pk\": 1, \"fields\": {{\"order\": {values.Split(", ")[0]}, \"number\": {values.Split(", ")[1]}}}}}";
}

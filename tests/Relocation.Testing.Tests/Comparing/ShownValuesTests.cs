using Relocation.Testing.Comparing;
using Relocation.Testing.Comparing.Values;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

/// <summary>What findings show of keys and secrets.</summary>
public sealed class ShownValuesTests
{
    [Theory]
    [InlineData("\"hunter2-hunter2-hunter2\"", "\"hunter2-hunter2-hunter2\"")]
    [InlineData("\"hunter2-hunter2-hunter2\"", "\"hunter2-hunter2-hunter3\"")]
    [InlineData("\"hunter2-hunter2-hunter2\"", "null")]
    [InlineData("null", "\"hunter2-hunter2-hunter2\"")]
    public void Secrets_stay_shortened_where_values_are_asked_for(string left, string right)
    {
        RecordComparator[] comparators =
        [
            new SecretHexComparator(16, "token"), new Uuid4Comparator("token"), new SubscriptionIdComparator("token"), new HashObfuscatingComparator("token"), new UserPasswordObfuscatingComparator(),
        ];
        foreach (var comparator in comparators)
        {
            var field = comparator.Fields[0];
            var pair = Pair($"{{\"{field}\": {left}}}", $"{{\"{field}\": {right}}}", includesValues: true);
            comparator.CheckExistence(pair);
            comparator.Compare(pair);

            Assert.All(pair.Findings, finding => Assert.DoesNotContain("hunter2-hunter2", finding.ToPretty() + finding.LeftValue + finding.RightValue, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Secrets_within_rows_and_json_are_not_shown_where_values_are_asked_for()
    {
        var pair = Pair("""{"rows": [{"name": "ada", "api_token": "hunter2", "size": 1.50, "hash": null}]}""", "{}", includesValues: true);

        FieldDifference.Find(pair);

        Assert.Equal("""[{"name":"ada","api_token":"...","size":1.50,"hash":null}]""", Assert.Single(pair.Findings).LeftValue);
    }

    [Theory]
    [InlineData("4711", "made.person 4711", "made.person 4712")]
    [InlineData("\"491701234567\"", "made.person by a text key", "made.person by a text key")]
    [InlineData("\"8f7f4ef0-3238-4afb-9498-de9f2b4c4b3b\"", "made.person 8f7f4ef0-3238-4afb-9498-de9f2b4c4b3b", "made.person 8f7f4ef0-3238-4afb-9498-de9f2b4c4b3c")]
    public void Text_key_is_shown_only_where_it_is_a_guid_even_of_digits(string key, string left, string right)
    {
        var person = ModelLabel.Parse("made.person");
        var other = key.EndsWith('"') ? key.Replace("7\"", "8\"", StringComparison.Ordinal).Replace("b\"", "c\"", StringComparison.Ordinal) : "4712";
        var pair = Pair($"{{\"about\": {key}}}", $"{{\"about\": {other}}}", includesValues: false);

        new ForeignKeyComparator([KeyValuePair.Create("about", person)]).Compare(pair);

        var finding = Assert.Single(pair.Findings);
        Assert.Equal((left, right), (finding.LeftValue, finding.RightValue));
    }

    private static RecordPair Pair(string left, string right, bool includesValues) =>
        new(Record(left), Record(right), OrdinalMap.Of([]), OrdinalMap.Of([]), new ShownValues(includesValues));

    private static ComparedRecord Record(string fields) => ComparedRecord.FromJson($"{{\"model\": \"made.note\", \"pk\": 1, \"fields\": {fields}}}", 1);
}

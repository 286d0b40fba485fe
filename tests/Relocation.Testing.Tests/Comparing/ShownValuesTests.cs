using Relocation.Testing.Comparing;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

/// <summary>What findings show of keys.</summary>
public sealed class ShownValuesTests
{
    [Theory]
    [InlineData("4711", "made.person 4711", "made.person 4712")]
    [InlineData("\"491701234567\"", "made.person by a text key", "made.person by a text key")]
    [InlineData("\"8f7f4ef0-3238-4afb-9498-de9f2b4c4b3b\"", "made.person 8f7f4ef0-3238-4afb-9498-de9f2b4c4b3b", "made.person 8f7f4ef0-3238-4afb-9498-de9f2b4c4b3c")]
    public void Text_key_is_shown_only_where_it_is_a_guid_even_of_digits(string key, string left, string right)
    {
        var person = ModelLabel.Parse("made.person");
        var other = key.EndsWith('"') ? key.Replace("7\"", "8\"", StringComparison.Ordinal).Replace("b\"", "c\"", StringComparison.Ordinal) : "4712";
        var pair = new RecordPair(
            ComparedRecord.FromJson($"{{\"model\": \"made.note\", \"pk\": 1, \"fields\": {{\"about\": {key}}}}}", 1),
            ComparedRecord.FromJson($"{{\"model\": \"made.note\", \"pk\": 1, \"fields\": {{\"about\": {other}}}}}", 1),
            OrdinalMap.Of([]),
            OrdinalMap.Of([]),
            new ShownValues(false));

        new ForeignKeyComparator([KeyValuePair.Create("about", person)]).Compare(pair);

        var finding = Assert.Single(pair.Findings);
        Assert.Equal((left, right), (finding.LeftValue, finding.RightValue));
    }
}

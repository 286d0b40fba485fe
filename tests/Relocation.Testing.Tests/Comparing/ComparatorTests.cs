using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

public sealed class ComparatorTests
{
    private const string Mark = "<scrubbed>";

    [Fact]
    [Parity("12.7", "test_good_comparator_both_sides_existing")]
    [Parity("12.7", "test_good_comparator_neither_side_existing")]
    [Parity("12.7", "test_good_comparator_both_sides_null")]
    [Parity("12.7", "test_good_comparator_one_side_null_other_side_missing")]
    public void Values_may_be_missing_on_both_sides()
    {
        var comparator = new HashObfuscatingComparator("a");

        Assert.Empty(comparator.Compare("\"a\": \"x\"", "\"a\": \"x\""));
        Assert.Empty(comparator.Compare(string.Empty, string.Empty));
        Assert.Empty(comparator.Compare("\"a\": null", "\"a\": null"));
        Assert.Empty(comparator.Compare("\"a\": null", string.Empty));
    }

    [Fact]
    [Parity("12.7", "test_bad_comparator_only_one_side_existing")]
    [Parity("12.7", "test_bad_comparator_only_one_side_null")]
    [Parity("12.7", "Auto suffix: existence")]
    [Parity("12.7", "Unordered list: existence")]
    [Parity("12.7", "E-mail: existence")]
    [Parity("12.7", "Hash: existence")]
    [Parity("12.7", "Foreign key: existence")]
    [Parity("12.7", "Subscription id: existence")]
    [Parity("12.7", "Password: existence")]
    public void Value_that_is_missing_on_one_side_is_found()
    {
        RecordComparator[] comparators =
        [
            new AutoSuffixComparator("password"), new UnorderedListComparator("password"), new EmailObfuscatingComparator("password"),
            new HashObfuscatingComparator("password"), new ForeignKeyComparator([new("password", ModelLabel.Parse("a.b"))]),
            new SubscriptionIdComparator("password"), new UserPasswordObfuscatingComparator(), new DateTimeEqualityComparator("password"),
            new DateUpdatedComparator("password"), new SecretHexComparator(16, "password"), new Uuid4Comparator("password"),
            new OptionValueComparator("password"),
        ];
        foreach (var comparator in comparators)
        {
            var kind = $"{comparator.Kind}ExistenceCheck";

            Assert.Equal([(kind, "the left `password` value was missing")], comparator.Compare(string.Empty, "\"password\": 1"));
            Assert.Equal([(kind, "the right `password` value was missing")], comparator.Compare("\"password\": 1", "\"password\": null"));
        }
    }

    [Fact]
    [Parity("12.7", "Auto suffix: good")]
    [Parity("12.7", "Auto suffix: bad")]
    public void Auto_suffix_takes_the_value_itself_and_with_a_dash_and_more()
    {
        var comparator = new AutoSuffixComparator("same", "suffixed");

        Assert.Empty(comparator.Compare("\"same\": \"a\", \"suffixed\": \"b\"", "\"same\": \"a\", \"suffixed\": \"b-x2\""));
        Assert.Equal(
            [
                ("AutoSuffixComparator", "the left value (\"a\") of `same` was not equal to or a dashed prefix of the right value (\"b\")"),
                ("AutoSuffixComparator", "the left value (\"b\") of `suffixed` was not equal to or a dashed prefix of the right value (\"bx\")"),
            ],
            comparator.Compare("\"same\": \"a\", \"suffixed\": \"b\"", "\"same\": \"b\", \"suffixed\": \"bx\""));
    }

    [Theory]
    [InlineData("a-very-long-slug-of-30-letters", "a-very-long-slug-of-30-lett-x7", true)]
    [InlineData("a-very-long-slug-of-30-letters", "a-very-long-slug-of-30-le-x7", false)]
    [InlineData("a-very-long-slug-of-30-letters", "b-very-long-slug-of-30-lett-x7", false)]
    [InlineData("12345", "12345-ab", true)]
    [InlineData("12345", "0a1b2c3d4e5f", true)]
    [InlineData("acme", "0a1b2c3d4e5f", false)]
    [InlineData("Foo_Bar", "foo-bar-x7", true)]
    [InlineData("acme", "ac-x7", false)]
    public void Defect_15_slugs_that_were_cut_or_replaced_are_the_same(string left, string right, bool isSame)
    {
        var findings = AutoSuffixComparator.ForSlugs(30, "slug").Compare($"\"slug\": \"{left}\"", $"\"slug\": \"{right}\"");

        Assert.Equal(isSame, findings.Count == 0);
    }

    [Fact]
    [Parity("12.7", "Auto suffix: scrubbed")]
    [Parity("12.7", "Unordered list: scrubbed")]
    [Parity("12.7", "Foreign key: scrubbed")]
    [Parity("12.7", "Secret hex: scrubbed")]
    [Parity("12.7", "Subscription id: scrubbed")]
    [Parity("12.7", "UUID4: scrubbed")]
    [Parity("12.7", "Ignored: scrubbed")]
    public void Scrubbed_fields_leave_a_mark_and_the_others_stay()
    {
        RecordComparator[] comparators =
        [
            new AutoSuffixComparator("a", "b", "gone"), new UnorderedListComparator("a", "b", "gone"),
            new ForeignKeyComparator(new[] { "a", "b", "gone" }.Select(field => KeyValuePair.Create(field, ModelLabel.Parse("a.b")))),
            new SecretHexComparator(16, "a", "b", "gone"), new SubscriptionIdComparator("a", "b", "gone"), new Uuid4Comparator("a", "b", "gone"),
            new IgnoredComparator("a", "b", "gone"),
        ];
        foreach (var comparator in comparators)
        {
            var scrubbed = comparator.ScrubbedOf("\"a\": \"x\", \"b\": null, \"c\": 1");

            Assert.Equal(Mark, scrubbed[$"{comparator.Kind}::a"]);
            Assert.Null(scrubbed[$"{comparator.Kind}::b"]);
            Assert.DoesNotContain($"{comparator.Kind}::c", scrubbed.Keys);
        }
    }

    [Fact]
    [Parity("12.7", "Datetime equality: good")]
    [Parity("12.7", "Datetime equality: bad")]
    public void Datetime_equality_compares_instants()
    {
        var comparator = new DateTimeEqualityComparator("at");

        Assert.Empty(comparator.Compare("\"at\": \"2023-06-22T00:00:00Z\"", "\"at\": \"2023-06-22T00:00:00.000Z\""));
        Assert.Empty(comparator.Compare("\"at\": \"2023-06-22T02:00:00+02:00\"", "\"at\": \"2023-06-22T00:00:00.000Z\""));
        Assert.Equal("DatetimeEqualityComparator", Assert.Single(comparator.Compare("\"at\": \"2023-06-22T00:00:00Z\"", "\"at\": \"2023-06-22T00:00:00.001Z\"")).Kind);
        Assert.Single(comparator.Compare("\"at\": \"no date\"", "\"at\": \"2023-06-22T00:00:00.001Z\""));
        Assert.Single(comparator.Compare("\"at\": \"no date\"", "\"at\": \"no date either\""));
    }

    [Fact]
    [Parity("12.7", "Date updated: good")]
    [Parity("12.7", "Date updated: bad")]
    public void Date_updated_may_only_move_on()
    {
        var comparator = new DateUpdatedComparator("at");

        Assert.Empty(comparator.Compare("\"at\": \"2023-06-22T00:00:00.000Z\"", "\"at\": \"2023-06-22T00:00:00.000Z\""));
        Assert.Empty(comparator.Compare("\"at\": \"2023-06-22T00:00:00.000Z\"", "\"at\": \"2023-06-23T00:00:00.000Z\""));
        Assert.Equal("DateUpdatedComparator", Assert.Single(comparator.Compare("\"at\": \"2023-06-23T00:00:00.000Z\"", "\"at\": \"2023-06-22T00:00:00.000Z\"")).Kind);
    }

    [Fact]
    [Parity("12.7", "Unordered list: good")]
    [Parity("12.7", "Unordered list: bad")]
    public void Unordered_list_has_no_order()
    {
        var comparator = new UnorderedListComparator("list");

        Assert.Empty(comparator.Compare("\"list\": [1, 3, 2, 3]", "\"list\": [3, 2, 1, 3]"));
        Assert.Equal("UnorderedListComparator", Assert.Single(comparator.Compare("\"list\": [1, 2, 2]", "\"list\": [1, 1, 2]")).Kind);
    }

    [Fact]
    [Parity("12.7", "E-mail: good")]
    [Parity("12.7", "E-mail: bad")]
    [Parity("12.7", "E-mail: scrubbed")]
    public void Email_findings_show_shortened_addresses_by_field_name()
    {
        var comparator = new EmailObfuscatingComparator("one", "many");
        const string Fields = "\"one\": \"alpha@example.com\", \"many\": [\"beta@example.com\", \"gamma@example.net\"]";

        Assert.Empty(comparator.Compare(Fields, Fields));
        Assert.Equal(
            [
                ("EmailObfuscatingComparator", "the left value (\"b...@...le.com\") of `many` was not equal to the right value (\"b...@...le.org\")"),
                ("EmailObfuscatingComparator", "the left value (\"a...@...le.com\") of `one` was not equal to the right value (\"a...@...le.org\")"),
            ],
            comparator.Compare(Fields, Fields.Replace(".com", ".org", StringComparison.Ordinal)));
        Assert.Equal("b...@...le.com, g...@...le.net", comparator.ScrubbedOf(Fields)["EmailObfuscatingComparator::many"]);
    }

    [Theory]
    [InlineData("\"f\": 1", "\"f\": 1", null)]
    [InlineData("\"f\": 1", "\"f\": 2", "EqualOrRemovedComparator")]
    [InlineData("", "", null)]
    [InlineData("\"f\": 1", "", null)]
    [InlineData("", "\"f\": 1", "EqualOrRemovedComparatorExistenceCheck")]
    [InlineData("\"f\": null", "\"f\": null", null)]
    [InlineData("\"f\": 1", "\"f\": null", null)]
    [InlineData("\"f\": null", "\"f\": 1", "EqualOrRemovedComparatorExistenceCheck")]
    [Parity("12.7", "Equal-or-removed: equal")]
    [Parity("12.7", "Equal-or-removed: not equal")]
    [Parity("12.7", "Equal-or-removed: neither side")]
    [Parity("12.7", "Equal-or-removed: right missing")]
    [Parity("12.7", "Equal-or-removed: left missing")]
    [Parity("12.7", "Equal-or-removed: both null")]
    [Parity("12.7", "Equal-or-removed: right null")]
    [Parity("12.7", "Equal-or-removed: left null")]
    public void Equal_or_removed_may_only_go(string left, string right, string? kind)
    {
        Assert.Equal(kind, new EqualOrRemovedComparator("f").Compare(left, right).Select(finding => finding.Kind).SingleOrDefault());
    }

    [Fact]
    [Parity("12.7", "Hash: good")]
    [Parity("12.7", "Hash: bad")]
    [Parity("12.7", "Hash: scrubbed")]
    public void Hash_findings_show_shortened_values()
    {
        var comparator = new HashObfuscatingComparator("a", "b");
        const string Fields = "\"a\": \"1239abcdefabc456\", \"b\": [\"1bcdefg2\", \"short\"]";

        Assert.Empty(comparator.Compare(Fields, Fields));
        Assert.Equal(
            [
                ("HashObfuscatingComparator", "the left value (\"123...456\") of `a` was not equal to the right value (\"789...456\")"),
                ("HashObfuscatingComparator", "the left value (\"1...2\") of `b` was not equal to the right value (\"3...2\")"),
            ],
            comparator.Compare(Fields, Fields.Replace("123", "789", StringComparison.Ordinal).Replace("1b", "3b", StringComparison.Ordinal)));
        Assert.Equal("1...2, ...", comparator.ScrubbedOf(Fields)["HashObfuscatingComparator::b"]);
    }

    [Fact]
    [Parity("12.7", "Ignored: good")]
    [Parity("12.7", "Ignored: existence")]
    public void Ignored_fields_may_hold_anything_or_nothing()
    {
        var comparator = new IgnoredComparator("f");

        Assert.Empty(comparator.Compare("\"f\": 1", "\"f\": \"x\""));
        Assert.Empty(comparator.Compare("\"f\": 1", string.Empty));
        Assert.Empty(new DataSourceComparator().Compare("\"source_id\": \"1\"", string.Empty));
    }

    [Fact]
    [Parity("12.7", "Foreign key: good")]
    [Parity("12.7", "Foreign key: unequal mapping")]
    [Parity("12.7", "Foreign key: missing mapping")]
    [Parity("12.7", "Foreign key: maps not set")]
    public void Foreign_keys_are_compared_by_the_positions_they_lead_to()
    {
        var user = ModelLabel.Parse("test.user");
        var lefts = OrdinalMap.Of([(user, RecordKey.From(12), 1), (user, RecordKey.From(13), 2)]);
        var rights = OrdinalMap.Of([(user, RecordKey.From(34), 1), (user, RecordKey.From(35), 2)]);
        var comparator = new ForeignKeyComparator([new("user", user)]);

        Assert.Empty(Findings(12, 34));
        Assert.Equal(["the left foreign key `user` leads to ordinal 1 of `test.user`, and the right one to ordinal 2"], Findings(12, 35));
        Assert.Equal(
            [
                "the left foreign key ordinal for `test.user` model with pk `7` could not be found",
                "the right foreign key ordinal for `test.user` model with pk `8` could not be found",
            ],
            Findings(7, 8));
        Assert.Throws<InvalidOperationException>(() => comparator.Compare(Pairs.Of("\"user\": 12", "\"user\": 34")));

        IEnumerable<string> Findings(long left, long right)
        {
            var pair = Pairs.Of($"\"user\": {left}", $"\"user\": {right}", lefts, rights);
            comparator.Compare(pair);
            Assert.All(pair.Findings, finding => Assert.Equal(FindingKind.Of("ForeignKeyComparator"), finding.Kind));
            return pair.Findings.Select(finding => finding.Reason);
        }
    }

    [Fact]
    public void Lists_of_foreign_keys_and_those_in_objects_are_compared_too()
    {
        var tag = ModelLabel.Parse("test.tag");
        var lefts = OrdinalMap.Of([(tag, RecordKey.From(1), 1), (tag, RecordKey.From(2), 2)]);
        var rights = OrdinalMap.Of([(tag, RecordKey.From(8), 2), (tag, RecordKey.From(9), 1)]);
        var comparator = new ForeignKeyComparator([new("tags", tag), new("lines.tag", tag)]);

        Assert.Equal(0, Count("\"tags\": [1, 2]", "\"tags\": [8, 9]"));
        Assert.Equal(1, Count("\"tags\": [1, 2]", "\"tags\": [9]"));
        Assert.Equal(0, Count("\"lines\": [{\"tag\": 2}, {\"tag\": null}]", "\"lines\": [{\"tag\": 8}, {}]"));
        Assert.Equal(1, Count("\"lines\": [{\"tag\": 2}]", "\"lines\": [{\"tag\": 9}]"));

        int Count(string left, string right)
        {
            var pair = Pairs.Of(left, right, lefts, rights);
            comparator.Compare(pair);
            return pair.Findings.Count;
        }
    }

    [Fact]
    [Parity("12.7", "Secret hex: good")]
    [Parity("12.7", "Secret hex: bad")]
    public void Secrets_have_their_form_on_both_sides()
    {
        var comparator = new SecretHexComparator(8, "f");

        Assert.Empty(comparator.Compare("\"f\": \"3e04f551c7219550\"", "\"f\": \"866a7cb1aab0c7b8\""));
        Assert.Equal(
            ["the left value (\"xyz\") of `f` did not match the pattern of its kind", "the right value (\"3E04F551C7219550\") of `f` did not match the pattern of its kind"],
            comparator.Compare("\"f\": \"xyz\"", "\"f\": \"3E04F551C7219550\"").Select(finding => finding.Reason));
    }

    [Fact]
    [Parity("12.7", "Subscription id: good")]
    [Parity("12.7", "Subscription id: bad")]
    public void Subscriptions_differ_and_have_their_form()
    {
        var comparator = new SubscriptionIdComparator("f");
        const string One = "\"f\": \"0/12363aae153911eeac590242ac130004\"";
        const string Other = "\"f\": \"12/45663aae153911eeac590242ac130004\"";

        Assert.Empty(comparator.Compare(One, Other));
        Assert.Equal("SubscriptionIDComparator", Assert.Single(comparator.Compare(One, One)).Kind);
        Assert.Contains("left", Assert.Single(comparator.Compare("\"f\": \"0/x\"", Other)).Reason, StringComparison.Ordinal);
        Assert.Contains("right", Assert.Single(comparator.Compare(One, "\"f\": \"/45663aae153911eeac590242ac130004\"")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Parity("12.7", "UUID4: good")]
    [Parity("12.7", "UUID4: bad")]
    public void Guids_differ_and_are_of_version_4()
    {
        var comparator = new Uuid4Comparator("f");
        const string One = "\"f\": \"4c79eea3-8a71-4b8f-b2e9-8a5b3a0b2ea5\"";

        Assert.Empty(comparator.Compare(One, "\"f\": \"A4ADBC09FF1C4D00B0A6C1A3A0F31D6B\""));
        Assert.Equal("UUID4Comparator", Assert.Single(comparator.Compare(One, One)).Kind);
        Assert.Contains("right", Assert.Single(comparator.Compare(One, "\"f\": \"4c79eea3-8a71-1b8f-b2e9-8a5b3a0b2ea5\"")).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "\"1\"", true)]
    [InlineData("\"True\"", "true", true)]
    [InlineData("[1]", "\"[1]\"", true)]
    [InlineData("1", "true", false)]
    [InlineData("\"1\"", "2", false)]
    [Parity("12.7", "OptionValueComparator")]
    public void Option_values_are_compared_as_text_where_one_side_is_text(string left, string right, bool isSame)
    {
        Assert.Equal(isSame, new OptionValueComparator("value").Compare($"\"value\": {left}", $"\"value\": {right}").Count == 0);
    }
}

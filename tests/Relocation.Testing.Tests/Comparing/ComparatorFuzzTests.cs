using System.Globalization;
using System.Text;
using CsCheck;
using Relocation.Testing.Comparing;
using Relocation.Testing.Comparing.Values;
using Relocation.Testing.Specification;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

/// <summary>No pair of values makes a comparator fail, and a value is always the same as itself.</summary>
public sealed class ComparatorFuzzTests
{
    private static readonly string[] Texts =
    [
        "", "null", "true", "12", "-0", "1e5", "01", "NaN", "{", "[", "[1,2", "{\\\"a\\\":1}", "[1, 2]", "['a', 'b']", "(1,)", "{a,b}", "\\\"x\\\"", "gAJ9cQE=", "\\u0000",
        "2024-01-01", "2024-01-01T00:00:00Z", "2024-13-01T00:00:00Z", "0000", "12:00", "24:00:00", "P1D", "1.00:00:00", "8f7f4ef0-3238-4afb-9498-de9f2b4c4b3b",
        "Happy", "a@b.c", "@", "1/0123456789abcdef0123456789abcdef", "\\ud83d\\ude00",
    ];

    private static readonly Gen<string> Scalars = Gen.OneOf(
        OneOf("null", "true", "false", "0", "-0.0", "1E-05", "1e-05", "0.00001", "1e999", "1e-999999999999", "123456789012345678901234567890", "1.5", "100", "1e2"),
        OneOf(Texts).Select(text => $"\"{text}\""));

    private static readonly Gen<string> Values = Gen.Recursive<string>((depth, inner) => depth > 3 ? Scalars : Gen.OneOf(
        Scalars,
        inner.Array[0, 3].Select(items => $"[{string.Join(", ", items)}]"),
        inner.Array[0, 3].Select(items => $"{{{string.Join(", ", items.Select((item, at) => string.Create(CultureInfo.InvariantCulture, $"\"{(at == 1 ? "product" : "m")}{(at == 1 ? string.Empty : at)}\": {item}")))}}}")));

    private static readonly RelocationModel Sentry = SentryModel.Create(SqliteEngine.Instance);

    private static readonly ModelLabel Target = ModelLabel.Parse("made.order");

    [Fact]
    [Case("compare-crash")]
    [Case("compare-numbers")]
    public void No_pair_of_values_makes_a_comparator_fail_and_every_value_is_the_same_as_itself()
    {
        RecordComparator[] comparators =
        [
            new AutoSuffixComparator("f"), AutoSuffixComparator.ForSlugs(10, "f"), new DateTimeEqualityComparator("f"), new DateUpdatedComparator("f"),
            new EmailObfuscatingComparator("f"), new EncodedValueComparator("f"), new EqualOrRemovedComparator("f"), new HashObfuscatingComparator("f"), new IgnoredComparator("f"),
            new OptionValueComparator("f"), new SecretHexComparator(16, "f"), new SubscriptionIdComparator("f"), new UnorderedListComparator("f"), new Uuid4Comparator("f"),
            new UserPasswordObfuscatingComparator(), new DataSourceComparator(),
            new ForeignKeyComparator([KeyValuePair.Create("f", Target)]), new ForeignKeyComparator([KeyValuePair.Create("f.product", Target)]),
            .. Fields().SelectMany(field => new[] { Comparators.EncodedValues(Made(field), ComparatorMap.Empty), Comparators.Default(Made(field)) })
                .SelectMany(map => map.Of(ModelLabel.Parse("made.order"))),
            .. SentryComparators.Default(Sentry).Models.SelectMany(model => SentryComparators.Default(Sentry).Of(model)).DistinctBy(comparator => comparator.ToString()).Take(40),
        ];
        var ordinals = OrdinalMap.Of([(Target, RecordKey.From(12), 1), (Target, RecordKey.From("x"), 2)]);
        Gen.Select(Values, Values).Sample(
            (left, right) =>
            {
                foreach (var comparator in comparators)
                {
                    foreach (var (one, other, shown) in new[] { (left, right, null), (left, left, null), (left, right, new ShownValues(left.Length % 2 == 0)) })
                    {
                        var fields = comparator.Fields.Select(field => field.Split('.')[0]).Distinct().ToList();
                        var pair = new RecordPair(Record(fields, one), Record(fields, other), ordinals, ordinals, shown);
                        comparator.CheckExistence(pair);
                        comparator.Compare(pair);
                        comparator.Scrub(pair);
                        _ = pair.Left.Scrubbed;
                        FieldDifference.Find(pair);
                        Assert.DoesNotContain(pair.Findings, finding => finding.ToPretty().Length == 0);
                        var isOfValues = comparator is EncodedValueComparator or UnorderedListComparator or OptionValueComparator or DateTimeEqualityComparator or ObfuscatingComparator
                            && comparator is not UserPasswordObfuscatingComparator;
                        Assert.True(one != other || !isOfValues || pair.Findings.Count == 0, $"{comparator}: {one} is not itself");
                    }
                }
            },
            iter: 400,
            threads: 1);
    }

    /// <summary>What no comparator looks at differs exactly where its values do, and is shown only where that is asked for.</summary>
    [Fact]
    public void Any_two_values_that_differ_are_found_and_shown_only_where_that_is_asked_for()
    {
        const string Secret = "hunter2-hunter2";
        Gen.Select(Values, Values).Sample(
            (left, right) =>
            {
                foreach (var shown in new[] { null, new ShownValues(false), new ShownValues(true) })
                {
                    foreach (var (one, other) in new[] { (left, right), (left, left), ($"[{left}, \"{Secret}\"]", left), ("\"1\"", "1") })
                    {
                        var pair = new RecordPair(Record(["f", "g"], one), Record(["f", "g"], other), OrdinalMap.Of([]), OrdinalMap.Of([]), shown);
                        FieldDifference.Find(pair);

                        var isSame = CanonicalValue.AreEqual(pair.Left.Fields, pair.Right.Fields);
                        Assert.True(!isSame || shown is null || pair.Findings.Count == 0, $"{one} and {other} are the same");
                        Assert.True(isSame || pair.Findings.Count > 0, $"{one} and {other} differ");
                        Assert.True(shown is not { } || !pair.Findings.Any(finding => finding.ToPretty().Contains(Secret, StringComparison.Ordinal)) || (pair.Left.TryFind("f", out var held) && shown.OfField(held, null).Contains(Secret, StringComparison.Ordinal)), "A value is shown.");
                    }
                }
            },
            iter: 500,
            threads: 1);
    }

    [Theory]
    [InlineData("1e-05", "0.00001", true)]
    [InlineData("1E-05", "1e-5", true)]
    [InlineData("100", "1e2", true)]
    [InlineData("-0", "0.0", true)]
    [InlineData("12345678901234567890", "12345678901234567891", false)]
    [InlineData("0.1", "0.10000000000000000001", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("[1.0, {\"a\": 2e0}]", "[1, {\"a\": 2}]", true)]
    [Case("compare-numbers")]
    public async Task Numbers_are_compared_by_value(string left, string right, bool isSame)
    {
        var result = await BackupComparer.CompareAsync(
            Backup.FromJson($"[{{\"model\":\"x.y\",\"pk\":1,\"fields\":{{\"rate\":{left}}}}}]"), Backup.FromJson($"[{{\"model\":\"x.y\",\"pk\":1,\"fields\":{{\"rate\":{right}}}}}]"),
            null, TestContext.Current.CancellationToken);

        Assert.Equal(isSame, result.IsEmpty);
    }

    [Theory]
    [InlineData(FieldType.Json, "{\"a\": 1}", "\"{\\\"a\\\":1.0}\"", true)]
    [InlineData(FieldType.Json, "\"12345\"", "12345", false)]
    [InlineData(FieldType.Json, "\"{\"", "{}", false)]
    [InlineData(FieldType.Array, "[1, 2]", "\"['1', '2']\"", false)]
    [InlineData(FieldType.Array, "[\"a\"]", "\"['a']\"", true)]
    [InlineData(FieldType.Instant, "\"2024-01-01T00:00:00Z\"", "\"2024-01-01T01:00:00.000+01:00\"", true)]
    [InlineData(FieldType.Duration, "\"1.00:00:00\"", "\"P1D\"", true)]
    [InlineData(FieldType.Decimal, "\"12.50\"", "12.5", true)]
    [InlineData(FieldType.Guid, "\"8F7F4EF0-3238-4AFB-9498-DE9F2B4C4B3B\"", "\"8f7f4ef0-3238-4afb-9498-de9f2b4c4b3b\"", true)]
    [InlineData(FieldType.Text, "\"12:00\"", "\"12:00:00\"", false)]
    public async Task One_content_is_one_verdict(FieldType type, string left, string right, bool isSame)
    {
        var model = Made(Entities.Field("f", type));

        foreach (var (one, other) in new[] { (left, right), (right, left) })
        {
            var result = await BackupComparer.CompareAsync(Backup.FromJson(Json(one)), Backup.FromJson(Json(other)), new ComparisonOptions { Model = model }, TestContext.Current.CancellationToken);

            Assert.Equal(isSame, result.IsEmpty);
        }

        static string Json(string value) => $"[{{\"model\":\"made.order\",\"pk\":1,\"fields\":{{\"f\":{value}}}}}]";
    }

    [Theory]
    [InlineData("\"12345\"", "12345", "\"plain\"", "\"plain\"", false)]
    [InlineData("\"[1]\"", "[1]", "{}", "[]", false)]
    [InlineData("\"12345\"", "\"12345\"", "{\"a\": 1}", "{\"a\": 1.0}", true)]
    [InlineData("\"\\\"12345\\\"\"", "\"12345\"", "\"[1]\"", "[1]", true)]
    [InlineData("\"{\\\"a\\\":1}\"", "{\"a\": 1}", "\"[]\"", "\"[ ]\"", true)]
    public async Task Texts_that_may_be_json_stand_for_themselves_where_both_backups_say_so(string left, string right, string besideLeft, string besideRight, bool isSame)
    {
        foreach (var type in new[] { FieldType.Text, FieldType.Json })
        {
            var model = Made(Entities.Field("f", type) with { Encoding = FieldEncoding.JsonText });
            foreach (var isTurned in new[] { false, true })
            {
                var (one, other) = isTurned ? (Json(right, besideRight), Json(left, besideLeft)) : (Json(left, besideLeft), Json(right, besideRight));
                var result = await BackupComparer.CompareAsync(Backup.FromJson(one), Backup.FromJson(other), new ComparisonOptions { Model = model }, TestContext.Current.CancellationToken);

                Assert.Equal(isSame, result.Findings.All(finding => finding.On?.Ordinal != 1));
            }
        }

        static string Json(string value, string beside) =>
            $"[{{\"model\":\"made.order\",\"pk\":1,\"fields\":{{\"f\":{value}}}}},{{\"model\":\"made.order\",\"pk\":2,\"fields\":{{\"f\":{beside}}}}}]";
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static IEnumerable<RelocationField> Fields() => Enum.GetValues<FieldType>()
        .SelectMany(type => Enum.GetValues<FieldEncoding>().Select(encoding => Entities.Field("f", type) with { Encoding = encoding }))
        .Append(Entities.Field("f", FieldType.Array) with { Element = Entities.Field("item") with { ClrType = typeof(DayOfWeek?) } });

    private static RelocationModel Made(RelocationField field) => RelocationModel.Create("made", [Entities.Entity("order", [field])]);

    private static ComparedRecord Record(List<string> fields, string value) => ComparedRecord.FromJson(
        new StringBuilder("{\"model\": \"made.order\", \"pk\": 1, \"fields\": {").AppendJoin(", ", fields.Select(field => $"\"{field}\": {value}")).Append("}}").ToString(), 1);
}

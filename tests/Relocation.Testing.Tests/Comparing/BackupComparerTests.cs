using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

public sealed class BackupComparerTests
{
    private static readonly RelocationModel Model = SentryModel.Create(SqliteEngine.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("12.9", "test_good_ignore_differing_pks")]
    [Parity("12.9", "test_auto_assign_foreign_key_comparator")]
    public async Task Keys_may_differ_and_references_follow_them()
    {
        var left = new Records().Add("organization", 1, Organization("a")).Add("organization", 5, Organization("b")).Add("team", 3, "\"organization\": 5");
        var right = new Records().Add("organization", 7, Organization("a")).Add("organization", 9, Organization("b")).Add("team", 2, "\"organization\": 9");
        var wrong = new Records().Add("organization", 7, Organization("a")).Add("organization", 9, Organization("b")).Add("team", 2, "\"organization\": 7");

        Assert.Empty(await CompareAsync(left, right));
        var finding = Assert.Single(await CompareAsync(left, wrong));
        Assert.Equal((FindingKind.Of("ForeignKeyComparator"), new InstanceId(ModelLabel.Parse("sentry.team"), 1)), (finding.Kind, finding.On));
        Assert.Equal((RecordKey.From(3), RecordKey.From(2)), (finding.LeftPk, finding.RightPk));
        Assert.Equal(("left:4:2 /2 (sentry.team 3)", "right:4:2 /2 (sentry.team 2)"), (finding.LeftPlace!.ToString(), finding.RightPlace!.ToString()));
    }

    [Fact]
    [Parity("12.9", "test_bad_duplicate_entry")]
    [Parity("12.9", "test_bad_out_of_order_entry")]
    public async Task Keys_that_do_not_ascend_are_found_on_their_side_and_nothing_is_compared()
    {
        var left = new Records().Add("project", 1, "").Add("project", 2, "").Add("project", 2, "\"name\": \"x\"");
        var right = new Records().Add("project", 4, "").Add("project", 3, "").Add("project", 5, "");

        var findings = await CompareAsync(left, right);

        Assert.Equal(
            [
                (FindingKind.UnorderedInput, 3, RecordKey.From(2), (RecordKey?)null),
                (FindingKind.UnorderedInput, 2, null, RecordKey.From(3)),
            ],
            findings.Select(finding => (finding.Kind, finding.On!.Ordinal!.Value, finding.LeftPk, finding.RightPk)));
    }

    [Fact]
    [Parity("12.9", "test_bad_extra_left_entry")]
    [Parity("12.9", "test_bad_extra_right_entry")]
    public async Task Counts_that_differ_are_found_by_model()
    {
        var few = new Records().Add("project", 1, "");
        var many = new Records().Add("project", 1, "").Add("project", 2, "").Add("rule", 1, "");

        foreach (var (left, right, expected) in new[] { (few, many, "1 on the left, 2 on the right"), (many, few, "2 on the left, 1 on the right") })
        {
            var findings = await CompareAsync(left, right);

            Assert.Equal(2, findings.Count);
            Assert.All(findings, finding => Assert.Equal((FindingKind.UnequalCounts, null), (finding.Kind, finding.On!.Ordinal)));
            Assert.Contains(expected, findings[0].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Parity("12.9", "test_bad_failing_comparator_field")]
    [Parity("12.9", "test_good_both_sides_comparator_field_missing")]
    [Parity("12.9", "test_bad_left_side_comparator_field_missing")]
    [Parity("12.9", "test_bad_right_side_comparator_field_missing")]
    [Parity("12.9", "test_auto_assign_date_updated_comparator")]
    public async Task Comparators_decide_about_their_fields()
    {
        const string Field = "\"date_updated\": \"2023-06-2{0}T00:00:00.000Z\"";
        var (early, late, without) = (Role(Field.Replace("{0}", "2", StringComparison.Ordinal)), Role(Field.Replace("{0}", "3", StringComparison.Ordinal)), Role("\"x\": 1"));

        Assert.Empty(await CompareAsync(early, late));
        Assert.Empty(await CompareAsync(without, without));
        Assert.Equal("DateUpdatedComparator", Assert.Single(await CompareAsync(late, early)).Kind.Name);
        Assert.Equal("the left `date_updated` value was missing", Assert.Single(await CompareAsync(without, Role("\"x\": 1, " + Field.Replace("{0}", "3", StringComparison.Ordinal)))).Reason);
        Assert.Equal("DateUpdatedComparatorExistenceCheck", Assert.Single(await CompareAsync(Role("\"x\": 1, " + Field.Replace("{0}", "3", StringComparison.Ordinal)), without)).Kind.Name);

        static Records Role(string field) => new Records().Add("userrole", 1, $"\"name\": \"admin\", {field}");
    }

    [Fact]
    [Parity("12.9", "test_auto_assign_email_obfuscating_comparator")]
    [Parity("12.9", "test_auto_assign_ignored_comparator")]
    public async Task Addresses_are_shortened_and_ignored_fields_are_not_compared()
    {
        var left = new Records().Add("user", 1, "\"username\": \"ada\", \"email\": \"ada@example.com\", \"is_unclaimed\": true");
        var right = new Records().Add("user", 1, "\"username\": \"ada\", \"email\": \"bob@example.com\", \"is_unclaimed\": false");

        var finding = Assert.Single(await CompareAsync(left, right));

        Assert.Equal("EmailObfuscatingComparator", finding.Kind.Name);
        Assert.DoesNotContain("ada", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Parity("12.9", "test_bad_missing_custom_ordinal")]
    [Parity("12.9", "test_bad_unequal_custom_ordinal")]
    public async Task Records_with_an_order_of_their_own_pair_by_it()
    {
        var left = new Records().Add("email", 1, Email("a@example.com")).Add("email", 2, Email("b@example.com"));
        var right = new Records().Add("email", 1, Email("b@example.com")).Add("email", 2, Email("c@example.com"));

        var findings = await CompareAsync(left, right);

        Assert.Equal([("EmailObfuscatingComparator", 1), ("EmailObfuscatingComparator", 2)], findings.Select(finding => (finding.Kind.Name, finding.On!.Ordinal!.Value)));
        Assert.Equal(["sentry.option 1", "sentry.option 2"], await UnequalAsync());

        async Task<IEnumerable<string>> UnequalAsync()
        {
            var one = new Records().Add("option", 1, Option("a", 1)).Add("option", 2, Option("b", 2));
            var other = new Records().Add("option", 1, Option("b", 1)).Add("option", 2, Option("c", 2));
            var unequal = await CompareAsync(one, other);
            Assert.All(unequal, finding => Assert.Equal(FindingKind.UnequalJson, finding.Kind));
            return unequal.Select(finding => $"{finding.On!.Model} {finding.On.Ordinal}");
        }
    }

    [Fact]
    [Parity("12.9", "test_bad_duplicate_custom_ordinal")]
    public async Task Same_order_twice_is_found()
    {
        var left = new Records().Add("email", 1, Email("a@example.com")).Add("email", 2, Email("a@example.com"));
        var right = new Records().Add("email", 1, Email("a@example.com")).Add("email", 3, Email("b@example.com"));

        var findings = await CompareAsync(left, right);

        Assert.Equal(["DuplicateCustomOrdinal", "UnequalCounts"], findings.Select(finding => finding.Kind.Name));
        Assert.Equal((RecordKey.From(2), null, null), (findings[0].LeftPk, findings[0].RightPk, findings[0].On!.Ordinal));
    }

    [Fact]
    [Parity("12.9", "test_good_option_custom_ordinal")]
    [Parity("12.9", "test_good_user_custom_ordinal")]
    [Parity("12.9", "test_good_user_option_custom_ordinal")]
    public async Task Order_of_the_file_does_not_matter_where_fields_order_records()
    {
        var left = new Records().Add("option", 1, Option("a", 1)).Add("option", 2, Option("b", 2)).Add("user", 1, User("ada")).Add("user", 2, User("bob"))
            .Add("useroption", 1, UserOption(1, "k", "null", 1)).Add("useroption", 2, UserOption(2, "k", "null", 2)).Add("useroption", 3, UserOption(1, "k", "4", 3));
        var right = new Records().Add("option", 7, Option("b", 2)).Add("option", 3, Option("a", 1)).Add("user", 9, User("bob")).Add("user", 4, User("ada"))
            .Add("useroption", 8, UserOption(4, "k", "4", 3)).Add("useroption", 7, UserOption(9, "k", "null", 2)).Add("useroption", 6, UserOption(4, "k", "null", 1));

        Assert.Empty(await CompareAsync(left, right, Model, SentryComparators.Upstream(Model).Without(ModelLabel.Parse("sentry.useroption"), "organization_id")));
    }

    [Fact]
    [Parity("12.9", "test_good_user_option_duplicate_globals")]
    public async Task Later_option_of_a_user_takes_the_place_of_an_earlier_one()
    {
        var left = new Records().Add("user", 1, User("ada")).Add("useroption", 1, UserOption(1, "k", "null", 1)).Add("useroption", 2, UserOption(1, "k", "null", 2));
        var right = new Records().Add("user", 1, User("ada")).Add("useroption", 5, UserOption(1, "k", "null", 2));

        Assert.Empty(await CompareAsync(left, right));
    }

    [Fact]
    public async Task Defect_16_dates_are_compared_as_instants_in_every_model()
    {
        var left = new Records().Add("option", 1, "\"key\": \"a\", \"last_updated\": \"2023-06-22T00:00:00Z\"");
        var right = new Records().Add("option", 1, "\"key\": \"a\", \"last_updated\": \"2023-06-22T00:00:00.000Z\"");

        Assert.Empty(await CompareAsync(left, right, Model, SentryComparators.Default(Model)));
        Assert.Empty(await CompareAsync(left, right, Model, Comparators.Default(Model)));
        var upstream = Assert.Single(await CompareAsync(left, right));
        Assert.Equal(FindingKind.UnequalJson, upstream.Kind);
        Assert.Equal(
            """
                --- left
                +++ right
                @@ -1,4 +1,4 @@
                 {
                   "key": "a",
                -  "last_updated": "2023-06-22T00:00:00Z"
                +  "last_updated": "2023-06-22T00:00:00.000Z"
                 }
            """.ReplaceLineEndings("\n"),
            upstream.Reason);
    }

    [Fact]
    [Parity("12.7", "test_default_comparators")]
    public void Upstreams_map_is_as_approved()
    {
        Assert.Equal(File.ReadAllText(Repository.Golden("sentry-comparators")).ReplaceLineEndings("\n"), SentryComparators.Upstream(Model).ToString());
    }

    [Fact]
    public async Task Real_backups_are_equal_to_themselves_but_for_what_an_import_makes_anew()
    {
        string[] anew = ["UUID4Comparator", "SubscriptionIDComparator", "UserPasswordObfuscatingComparator"];
        foreach (var file in Directory.GetFiles(Repository.Shared("data", "sentry", "releases"), "*.json"))
        {
            foreach (var map in new[] { SentryComparators.Upstream(Model), SentryComparators.Default(Model) })
            {
                var options = new ComparisonOptions { Model = Model, Comparators = map };

                var result = await BackupComparer.CompareAsync(Backup.FromFile(file), Backup.FromFile(file), options, Cancel);

                Assert.All(result.Findings, finding => Assert.Contains(finding.Kind.Name, anew));
                Assert.True(result.ComparedRecords > 100);
            }
        }
    }

    [Fact]
    public async Task Any_changed_value_of_a_real_backup_is_found_where_it_is()
    {
        var text = await File.ReadAllTextAsync(Repository.Shared("data", "sentry", "releases", "test_at_24_5_1.json"), Cancel);
        var baseline = await CountAsync(text, text);
        foreach (var (before, after) in new[] { ("\"is_staff\": true", "\"is_staff\": false"), ("Rested Humpback", "Tired Humpback"), ("\"status\": 0", "\"status\": 1") })
        {
            var at = text.IndexOf(before, StringComparison.Ordinal);
            var changed = string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length));

            Assert.Equal(baseline + 1, await CountAsync(text, changed));
        }

        static async Task<long> CountAsync(string left, string right)
        {
            var options = new ComparisonOptions { Model = Model, Comparators = SentryComparators.Default(Model) };
            return (await BackupComparer.CompareAsync(Backup.FromJson(left), Backup.FromJson(right), options, Cancel)).Count;
        }
    }

    [Fact]
    public async Task Members_in_another_order_and_escapes_are_no_difference()
    {
        var left = Backup.FromJson("""[{"model": "a.b", "pk": 1, "fields": {"x": "é", "y": {"p": 1, "q": [1,2]}}}]""");
        var right = Backup.FromJson("""[{"pk": 1, "model": "A.b", "fields": {"y": {"q": [1, 2], "p": 1}, "x": "\u00e9"}}]""");

        Assert.True((await BackupComparer.CompareAsync(left, right, null, Cancel)).IsEmpty);
    }

    [Fact]
    public async Task All_findings_are_counted_and_as_many_kept_as_wanted()
    {
        var (left, right) = (new Records(), new Records());
        for (var key = 1; key <= 50; key++)
        {
            left.Add("project", key, "\"name\": \"a\"");
            right.Add("project", key, "\"name\": \"b\"");
        }

        var result = await BackupComparer.CompareAsync(left.Backup("l"), right.Backup("r"), new ComparisonOptions { MaxFindings = 7 }, Cancel);

        Assert.Equal((50, 7, 50), (result.Count, result.Findings.Count, result.ComparedRecords));
    }

    [Fact]
    public async Task Backup_that_is_none_is_refused_by_its_name()
    {
        var refusal = await Assert.ThrowsAsync<BackupFormatException>(
            () => BackupComparer.CompareAsync(new Records().Backup("left"), Backup.FromJson("{}", "the right one"), null, Cancel));

        Assert.Contains("the right one", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<Findings> CompareAsync(Records left, Records right) => CompareAsync(left, right, Model, SentryComparators.Upstream(Model));

    private static async Task<Findings> CompareAsync(Records left, Records right, RelocationModel model, ComparatorMap map)
    {
        var options = new ComparisonOptions { Model = model, Comparators = map };
        return (await BackupComparer.CompareAsync(left.Backup("left"), right.Backup("right"), options, Cancel)).Findings;
    }

    private static string Organization(string slug) => $"\"slug\": \"{slug}\"";

    private static string Email(string email) => $"\"email\": \"{email}\"";

    private static string Option(string key, int value) => $"\"key\": \"{key}\", \"value\": {value}";

    private static string User(string name) => $"\"username\": \"{name}\"";

    private static string UserOption(long user, string key, string organization, int value) =>
        $"\"user\": {user}, \"key\": \"{key}\", \"organization_id\": {organization}, \"project_id\": null, \"value\": {value}";
}

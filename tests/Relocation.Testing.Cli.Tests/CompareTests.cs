using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;
using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    private const string Left = """
        [{"model": "shop.category", "pk": 1, "fields": {"name": "a", "parent": null}},
         {"model": "shop.category", "pk": 2, "fields": {"name": "b", "parent": 1}}]
        """;

    private const string Right = """
        [{"model": "shop.category", "pk": 11, "fields": {"name": "a", "parent": null}},
         {"model": "shop.category", "pk": 12, "fields": {"name": "c", "parent": 12}}]
        """;

    private static readonly string[] Shop = ["--assembly", Workplace.ShopAssembly, "--context", "ShopContext"];

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    [Case("compare-text")]
    public async Task Defect_17_compare_counts_findings_truly_and_says_so_by_its_exit_code()
    {
        Write();

        var equal = (await _workplace.RunAsync(["compare", "left.json", "left.json", .. Shop])).With(0);
        var different = (await _workplace.RunAsync(["compare", "left.json", "right.json", .. Shop])).With(1);

        Assert.EndsWith("\n\n0 findings in 2 pairs of records.\n", equal.Output, StringComparison.Ordinal);
        Assert.Equal(
            """
            | Model         | Left | Right | Equal | Changed | Added | Removed |
            | ------------- | ---: | ----: | ----: | ------: | ----: | ------: |
            | shop.category |    2 |     2 |     1 |       1 |     0 |       0 |

            changed shop.category 2 -> 12 (left.json:2:2 /1, right.json:2:2 /1)
              parent_id: shop.category 1 -> shop.category 12 (leads to another record)
              name: text of 1 character -> text of 1 character

            Values are not shown, as they may be personal data; --include-values shows them.
            2 findings in 2 pairs of records.

            """.ReplaceLineEndings("\n"),
            different.Output);
        Assert.Empty(different.Error);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("junit")]
    [InlineData("sarif")]
    [Case("compare-masked")]
    public async Task Values_show_only_when_they_are_asked_for(string format)
    {
        // Of models that nobody knows, of Sentry's, and of text keys.
        const string Records = """
            [{"model": "auth.user", "pk": 1, "fields": {"username": "NAME", "password": "pbkdf2$SECRET", "salary": 51234, "notes": {"a": ["NOTE"]}}},
             {"model": "auth.session", "pk": "KEY", "fields": {"data": "PRIVATE", "gone": "GONE"}},
             {"model": "sentry.email", "pk": 1, "fields": {"email": "MAIL@x.org", "other": "OTHER"}}]
            """;
        _workplace.Write("left.json", Records);
        _workplace.Write("right.json", Records.Replace("NAME", "NEW", StringComparison.Ordinal).Replace("SECRET", "CHANGED", StringComparison.Ordinal)
            .Replace("51234", "61234", StringComparison.Ordinal).Replace("NOTE", "NEWNOTE", StringComparison.Ordinal).Replace("KEY", "NEWKEY", StringComparison.Ordinal)
            .Replace("OTHER", "CHANGED", StringComparison.Ordinal));
        string[] compare = ["compare", "left.json", "right.json", "--format", format, "--findings-file", "findings.json"];

        var masked = (await _workplace.RunAsync(compare)).With(1);
        var first = await File.ReadAllTextAsync(_workplace.PathOf("findings.json"), TestContext.Current.CancellationToken);
        var upstream = (await _workplace.RunAsync([.. compare, "--comparators", "upstream"])).With(1);
        var file = await File.ReadAllTextAsync(_workplace.PathOf("findings.json"), TestContext.Current.CancellationToken);
        var shown = (await _workplace.RunAsync([.. compare, "--show-values"])).With(1);

        foreach (var value in new[] { "NAME", "NEW", "SECRET", "CHANGED", "51234", "61234", "NOTE", "KEY", "PRIVATE", "GONE" })
        {
            Assert.DoesNotContain(value, masked.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(value, first, StringComparison.Ordinal);
            Assert.True(value == "CHANGED" || !upstream.Output.Contains(value, StringComparison.Ordinal), upstream.Output);
            Assert.True(value == "CHANGED" || !file.Contains(value, StringComparison.Ordinal), file);
        }

        Assert.Contains("61234", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("InstanceID", masked.Output + shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Case("compare-counts")]
    [Case("compare-crash")]
    [Case("compare-numbers")]
    public async Task Cases_of_real_use_are_compared()
    {
        var counts = (await RunAsync("compare-counts")).With(1);
        var crash = (await RunAsync("compare-crash")).With(1);
        var numbers = (await RunAsync("compare-numbers")).With(0);

        Assert.Contains("| blog.tag                 |    2 |     3 |     2 |       0 |     1 |       0 |\n", counts.Output, StringComparison.Ordinal);
        Assert.Contains("\nremoved blog.comment 2 (", counts.Output, StringComparison.Ordinal);
        Assert.Contains("9 models not known: ", counts.Output, StringComparison.Ordinal);
        Assert.Contains("\n  config: text of 14 characters -> text of 8 characters\n", crash.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n0 findings in 1 pair of records.\n", numbers.Output, StringComparison.Ordinal);

        Task<Outcome> RunAsync(string name) => _workplace.RunAsync(
            "compare", Repository.Shared("cases", name, "left.json"), Repository.Shared("cases", name, "right.json"));
    }

    [Fact]
    public async Task Findings_come_in_the_form_that_is_asked_for_and_as_a_file()
    {
        Write();
        string[] compare = ["compare", "left.json", "right.json", .. Shop, "--findings-file", "findings.json", "--format"];

        var json = (await _workplace.RunAsync([.. compare, "json"])).With(1);
        var file = await File.ReadAllTextAsync(_workplace.PathOf("findings.json"), TestContext.Current.CancellationToken);
        var junit = (await _workplace.RunAsync([.. compare, "junit"])).With(1);
        var sarif = (await _workplace.RunAsync([.. compare, "sarif"])).With(1);

        Assert.Equal(file + "\n", json.Output);
        Assert.Equal(["ForeignKeyComparator", "UnequalJSON"], json.Json().EnumerateArray().Select(finding => finding.GetProperty("kind").GetString()));
        Assert.Equal("2", XDocument.Parse(junit.Output).Root!.Element("testsuite")!.Attribute("failures")!.Value);
        Assert.Equal(2, sarif.Json().GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        (await _workplace.RunAsync(["compare", "left.json", "left.json", .. Shop, "--findings-file", "none.json"])).With(0);
        Assert.Equal("[]", await File.ReadAllTextAsync(_workplace.PathOf("none.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sentrys_backups_are_compared_as_Sentry_does_or_better()
    {
        _workplace.Write("left.json", """[{"model": "sentry.option", "pk": 1, "fields": {"key": "a", "last_updated": "2023-06-22T00:00:00Z", "last_updated_by": "cli", "value": 1}}]""");
        _workplace.Write("right.json", """[{"model": "sentry.option", "pk": 1, "fields": {"key": "a", "last_updated": "2023-06-22T00:00:00.000Z", "last_updated_by": "cli", "value": 1}}]""");

        (await _workplace.RunAsync("compare", "left.json", "right.json")).With(0);
        (await _workplace.RunAsync("compare", "left.json", "right.json", "--comparators", "upstream")).With(1);
        (await _workplace.RunAsync("compare", "left.json", "right.json", "--comparators", "upstream", "--model", "sentry@24.7.0")).With(1);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_with_its_side()
    {
        Write();
        _workplace.Write("broken.json", "{}");

        var broken = (await _workplace.RunAsync(["compare", "left.json", "broken.json", .. Shop])).With(1);
        var twice = (await _workplace.RunAsync("compare", "-", "-")).With(2);
        var upstream = (await _workplace.RunAsync(["compare", "left.json", "right.json", .. Shop, "--comparators", "upstream"])).With(2);

        Assert.Contains("broken.json", broken.Error, StringComparison.Ordinal);
        Assert.Contains("standard input", twice.Error, StringComparison.Ordinal);
        Assert.Contains("Sentry's models", upstream.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sanitized_backup_imports_and_passes_its_audit()
    {
        var backup = Workplace.Fixture(Path.Combine("sentry", "organization.json"));

        var sanitized = (await _workplace.RunAsync("sanitize", backup, "--output", "sanitized.json.gz", "--seed", "s", "--days-offset", "3", "--model", "sentry@24.7.0")).With(0);
        var audit = (await _workplace.RunAsync("audit", backup, "sanitized.json.gz", "--model", "sentry@24.7.0")).With(0);
        var unsanitized = (await _workplace.RunAsync("audit", backup, backup, "--model", "sentry@24.7.0", "--format", "json")).With(1);

        Assert.Matches("^sanitized.json.gz: [0-9]+ records; [0-9,]+ values of [0-9]+ fields replaced, [0-9]+ in other text; [0-9,]+ values? of [0-9]+ fields? without a rule kept.\n$", sanitized.Output[(sanitized.Output.IndexOf("sanitized.json.gz:", StringComparison.Ordinal))..]);
        Assert.Matches("Texts in JSON fields are read as JSON, as in older backups \\([0-9]+ texts of an older backup's form, 0 of a newer one's\\).\n", sanitized.Output);
        Assert.Contains("\n0 leaks in ", audit.Output, StringComparison.Ordinal);
        Assert.All(unsanitized.Json().EnumerateArray(), finding => Assert.Equal("LeakedValue", finding.GetProperty("kind").GetString()));
        (await _workplace.RunAsync("import", "sanitized.json.gz", "--model", "sentry@24.7.0")).With(0);
    }

    [Theory]
    [InlineData("36501")]
    [InlineData("-36501")]
    [InlineData("2147483647")]
    public async Task Offset_of_more_than_a_hundred_years_is_refused(string days)
    {
        var backup = Workplace.Fixture(Path.Combine("sentry", "organization.json"));

        var refused = (await _workplace.RunAsync("sanitize", backup, "--output", "sanitized.json", "--days-offset", days)).With(2);

        Assert.Contains("from -36500 to 36500", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_without_a_rule_are_listed_by_both_commands_and_fail_only_when_asked()
    {
        var backup = Workplace.Fixture(Path.Combine("shop", "complete.json"));
        string[] sanitize = ["sanitize", backup, .. Shop, "--seed", "s", "--output", "sanitized.json"];
        string[] audit = ["audit", backup, "sanitized.json", .. Shop];

        var sanitized = (await _workplace.RunAsync(sanitize)).With(0);
        var audited = (await _workplace.RunAsync(audit)).With(0);
        var asJson = (await _workplace.RunAsync([.. sanitize, "--json", "--fail-on-unruled"])).With(1).Json();
        var auditAsJson = (await _workplace.RunAsync([.. audit, "--json", "--fail-on-unruled"])).With(1).Json();

        const string Kept = "  shop.product.sku: ";
        Assert.Contains(Kept, sanitized.Output, StringComparison.Ordinal);
        Assert.Equal(Lines(sanitized), Lines(audited));
        Assert.Contains("Not looked for: numbers, booleans, and values of fewer than 6 characters", audited.Output, StringComparison.Ordinal);
        Assert.Equal(asJson.GetProperty("kept").GetRawText(), auditAsJson.GetProperty("kept").GetRawText());
        Assert.Equal(Lines(audited).Count(), auditAsJson.GetProperty("kept").GetArrayLength());
        Assert.Equal((0, 0), (auditAsJson.GetProperty("leaks").GetInt32(), auditAsJson.GetProperty("findings").GetArrayLength()));

        static IEnumerable<string> Lines(Outcome outcome) => outcome.Output.Split('\n').Where(line => line.StartsWith("  shop.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_that_are_listed_edited_and_given_back_cover_every_field()
    {
        var backup = Workplace.Fixture(Path.Combine("shop", "complete.json"));
        var listed = (await _workplace.RunAsync(["sanitize", backup, .. Shop, "--list-rules"])).With(0).Output;
        _workplace.Write("same.json", listed);
        (await _workplace.RunAsync(["sanitize", backup, .. Shop, "--list-rules", "--output", "listed.json"])).With(0);
        Assert.Equal(listed, await File.ReadAllTextAsync(_workplace.PathOf("listed.json"), TestContext.Current.CancellationToken));
        _workplace.Write("rules.json", listed.Replace(": null", ": \"keep\"", StringComparison.Ordinal));

        var again = (await _workplace.RunAsync(["sanitize", backup, .. Shop, "--rules", "same.json", "--seed", "s", "--output", "-"])).With(0);
        var plain = (await _workplace.RunAsync(["sanitize", backup, .. Shop, "--seed", "s", "--output", "-"])).With(0);
        (await _workplace.RunAsync(["sanitize", backup, .. Shop, "--rules", "rules.json", "--fail-on-unruled", "--output", "kept.json"])).With(0);
        (await _workplace.RunAsync(["audit", backup, "kept.json", .. Shop, "--rules", "rules.json", "--fail-on-unruled"])).With(0);
        var single = (await _workplace.RunAsync(["sanitize", backup, .. Shop, "--rule", "shop.product.sku=text", "--rule", "shop.customer.name=keep", "--output", "single.json"])).With(0);
        var wrong = (await _workplace.RunAsync(["sanitize", backup, .. Shop, "--rule", "shop.product.skuu=text", "--output", "wrong.json"])).With(2);
        _workplace.Write("wrong.json", "{\n  \"sanitise\": {}\n}");
        var file = (await _workplace.RunAsync(["import", backup, .. Shop, "--rules", "wrong.json"])).With(2);

        Assert.Equal(plain.Output, again.Output);
        Assert.DoesNotContain("shop.product.sku:", single.Output, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'sku'?", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("wrong.json:2:3: ", file.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_of_a_rules_file_holds_for_imports_comparisons_and_sanitising()
    {
        _workplace.Write("old.json", """[{"model": "shop.label", "pk": 1, "fields": {"title": "rare", "colour": "red"}}]""");
        _workplace.Write("rules.json", """{"drift": {"shop.tag": {"was": "shop.label", "fields": {"name": {"was": "title"}, "colour": "dropped"}}}}""");

        var imported = (await _workplace.RunAsync(["import", "old.json", .. Shop, "--rules", "rules.json", "--refuse-unknown-fields", "--json"])).With(0);
        (await _workplace.RunAsync(["compare", "old.json", "old.json", .. Shop, "--rules", "rules.json"])).With(0);
        var sanitized = (await _workplace.RunAsync(["sanitize", "old.json", .. Shop, "--rules", "rules.json", "--output", "new.json"])).With(0);

        Assert.Equal("imported", imported.Json().GetProperty("status").GetString());
        Assert.Contains("new.json: 1 record;", sanitized.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sanitizing_from_tarball_to_tarball_takes_the_form_of_Sentrys_own_tool()
    {
        using var rsa = RSA.Create(2048);
        _workplace.Write("private.pem", rsa.ExportPkcs8PrivateKeyPem());
        _workplace.Write("public.pem", rsa.ExportSubjectPublicKeyInfoPem());
        var backup = Workplace.Fixture(Path.Combine("sentry", "organization.json"));
        (await _workplace.RunAsync("encrypt", "backup.tar", "--src", backup, "--encrypt-with", "public.pem")).With(0);

        (await _workplace.RunAsync("sanitize", "sanitized.tar", "--src", "backup.tar", "--decrypt-with", "private.pem", "--encrypt-with", "public.pem")).With(0);

        (await _workplace.RunAsync("audit", "backup.tar", "sanitized.tar", "--decrypt-original-with", "private.pem", "--decrypt-sanitized-with", "private.pem")).With(0);
        (await _workplace.RunAsync("sanitize", backup)).With(2);
        var twice = (await _workplace.RunAsync("sanitize", "out.json", "--src", backup, "--output", "other.json")).With(2);
        Assert.Contains("--src", twice.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workplace.PathOf("out.json")) || File.Exists(_workplace.PathOf("other.json")));
    }

    [Fact]
    public async Task Same_seed_gives_the_same_output_on_standard_output()
    {
        var backup = Workplace.Fixture(Path.Combine("shop", "complete.json"));
        string[] sanitize = ["sanitize", backup, .. Shop, "--output", "-"];

        var first = (await _workplace.RunAsync([.. sanitize, "--seed", "s"])).With(0);
        var second = (await _workplace.RunAsync([.. sanitize, "--seed", "s"])).With(0);
        var other = (await _workplace.RunAsync(sanitize)).With(0);

        Assert.Equal(first.Output, second.Output);
        Assert.NotEqual(first.Output, other.Output);
        Assert.Equal(JsonValueKind.Array, first.Json().ValueKind);
        Assert.Contains(" records; ", first.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_that_cannot_be_sanitized_leaves_no_file()
    {
        _workplace.Write("bad.json", """[{"model": "sentry.email", "pk": 1, "fields": {"email": 1}}]""");

        var refused = (await _workplace.RunAsync("sanitize", "bad.json", "--output", "out.json")).With(1);

        Assert.Contains("bad.json:1:2 /0/fields/email (sentry.email 1)", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workplace.PathOf("out.json")));
    }

    private void Write()
    {
        _workplace.Write("left.json", Left);
        _workplace.Write("right.json", Right);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Relocation.Testing.Tests.Sanitizing;

public sealed class LeakAuditTests
{
    private const string Original = """
        [{"model": "test.thing", "pk": 1, "fields": {"name": "Ada Lovelace", "slug": "engine-builders", "email": "ada.byron@example.org", "ip_address": "10.11.12.13",
          "home_url": "https://engines.example.net/a", "guid": "4c79eea3-8a71-4b8f-b2e9-8a5b3a0b2ea5", "date_added": "2023-06-22T00:00:00Z",
          "password": "hunter2-hunter2", "born_on": "1815-12-10", "caption": "likes maths", "data": {"api_token": "t0k3n-of-ada"}, "config": null}},
         {"model": "test.thing", "pk": 2, "fields": {"name": "Countess", "password": "5551234567", "caption": "The test.thing of date_added"}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Plants => new()
    {
        { "caption", "\"Ada Lovelace\"", "test.thing.name" },
        { "caption", "\"as ADA LOVELACE said\"", "test.thing.name" },
        { "caption", "\"see /ada-lovelace/x\"", "test.thing.name" },
        { "caption", "\"xengine-buildersx\"", "test.thing.slug" },
        { "caption", "\"mail ada.byron@example.org now\"", "test.thing.email" },
        { "caption", "\"ada.byron was here\"", "test.thing.email" },
        { "caption", "\"somebody@example.org\"", "test.thing.email" },
        { "caption", "\"from 10.11.12.13:80\"", "test.thing.ip_address" },
        { "caption", "\"at engines.example.net\"", "test.thing.home_url" },
        { "caption", "\"4c79eea38a714b8fb2e98a5b3a0b2ea5\"", "test.thing.guid" },
        { "caption", "\"{\\\"a\\\": [\\\"hunter2-hunter\\\\u0032\\\"]}\"", "test.thing.password" },
        { "caption", "\"\\\"{\\\\\\\"deep\\\\\\\": \\\\\\\"hunter2-hunter2\\\\\\\"}\\\"\"", "test.thing.password" },
        { "caption", "\"the countess\"", "test.thing.name" },
        { "caption", "\"call 5551234567\"", "test.thing.password" },
        { "caption", "\"Call 5551234567.\"", "test.thing.password" },
        { "caption", "\"1.2.5551234567\"", "test.thing.password" },
        { "data", "{\"x\": [{\"y\": \"hunter2-hunter2\"}]}", "test.thing.password" },
        { "data", "{\"hunter2-hunter2\": 1}", "test.thing.password" },
        { "data", "{\"x\": \"t0k3n-of-ada\"}", "test.thing.data.api_token" },
        { "password", "\"hunter2-hunter2\"", "test.thing.password" },
        { "email", "\"x@y.example.org\"", "test.thing.email" },
        { "unheard_of", "\"Ada Lovelace\"", "test.thing.name" },
    };

    [Theory]
    [MemberData(nameof(Plants))]
    public async Task Planted_leak_is_found_where_it_is_and_not_shown(string field, string value, string source)
    {
        var sanitised = await SanitisedAsync();
        var planted = Plant(sanitised, field, value);

        var audit = await AuditAsync(planted);

        Assert.Empty((await AuditAsync(Backup.FromJson(sanitised))).Findings);
        var leak = Assert.Single(audit.Findings);
        Assert.Equal((FindingKind.LeakedValue, new InstanceId(ModelLabel.Parse("test.thing"), 2)), (leak.Kind, leak.On));
        Assert.Contains($"of `{source}` of the original", leak.Reason, StringComparison.Ordinal);
        Assert.StartsWith($"/1/fields/{field}", leak.RightPlace!.Pointer, StringComparison.Ordinal);
        var shown = leak.ToPretty() + new Findings([leak]).ToSarif() + new Findings([leak]).ToJUnit("audit") + new Findings([leak]).ToJson();
        Assert.All(["Lovelace", "hunter2", "t0k3n", "byron", "engine-builders", "5551234567"], text => Assert.DoesNotContain(text, shown, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("\"likes maths\"")]
    [InlineData("\"2023-06-22T00:00:01Z\"")]
    [InlineData("\"the password of a thing, its home_url and date_added\"")]
    [InlineData("\"viscountess countesses\"")]
    [InlineData("\"15551234567\"")]
    [InlineData("\"at 48.5551234567 degrees\"")]
    [InlineData("\"5551234567.75\"")]
    public async Task What_may_be_there_by_chance_is_no_leak(string value)
    {
        Assert.Empty((await AuditAsync(Plant(await SanitisedAsync(), "caption", value))).Findings);
    }

    /// <summary>"Error Voluptatem" holds no "Error a", but may once its second word is another.</summary>
    [Fact]
    public async Task Neighbours_of_what_is_replaced_never_spell_another_value()
    {
        const string Neighbours = """
            [{"model": "test.thing", "pk": 1, "fields": {"name": "Error a", "slug": "error-a"}},
             {"model": "test.thing", "pk": 2, "fields": {"name": "Voluptatem", "slug": "voluptatem", "caption": "Error Voluptatem"}}]
            """;
        var spelled = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var options = new SanitizeOptions { Model = Sanitized.Everything, Seed = $"s{seed}" };
            var sanitised = await Sanitized.TextAsync(Backup.FromJson(Neighbours), options);

            var audit = await LeakAudit.RunAsync(
                Backup.FromJson(Neighbours), Backup.FromJson(sanitised), new LeakAuditOptions { Model = Sanitized.Everything }, Cancel);

            Assert.Empty(audit.Findings);
            var second = JsonNode.Parse(sanitised)![1]!["fields"]!;
            spelled += ((string)second["name"]!).StartsWith('A') && !((string)second["caption"]!).StartsWith("Error ", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(spelled > 0, "No seed made a name that begins with A.");
    }

    private const string Short = """
        [{"model": "test.thing", "pk": 1, "fields": {"name": "Ada", "slug": "ada", "password": "k3y", "email": "ben@ex.org", "caption": "go", "data": {"env": "prod", "stage": "[\"beta\"]"}}},
         {"model": "test.thing", "pk": 2, "fields": {"name": "Prod", "slug": "beta", "password": "true", "email": "1@ex.org", "caption": "no", "data": {"env": "go", "deep": {"kit": 1}}}},
         {"model": "test.thing", "pk": 3, "fields": {"name": "Kit", "slug": "x1", "password": "12345", "caption": "Eve", "ip_address": "::1"}},
         {"model": "test.thing", "pk": 4, "fields": {"name": "Eve", "slug": "eve", "password": "id"}}]
        """;

    [Theory]
    [InlineData("name", "\"Prod\"", "test.thing.name")]
    [InlineData("slug", "\"beta\"", "test.thing.slug")]
    [InlineData("password", "\"true\"", "test.thing.password")]
    [InlineData("email", "\"1@EX.org\"", "test.thing.email")]
    [InlineData("slug", "\"ada\"", null)]
    [InlineData("password", "\"k3y\"", null)]
    [InlineData("caption", "\"Ada\"", null)]
    [InlineData("caption", "\"Dear Ada\"", null)]
    [InlineData("caption", "\"12345\"", null)]
    [InlineData("caption", "12345", null)]
    [InlineData("unheard_of", "\"ben\"", null)]
    [InlineData("data", "{\"who\": [\"ada\"], \"on\": true}", null)]
    public async Task Short_value_is_a_leak_only_where_it_stood(string field, string value, string? source)
    {
        var options = new LeakAuditOptions { Model = Sanitized.Everything };
        var sanitised = await Sanitized.TextAsync(Backup.FromJson(Short), new SanitizeOptions { Model = Sanitized.Everything, Seed = "s" });

        var clean = await LeakAudit.RunAsync(Backup.FromJson(Short), Backup.FromJson(sanitised), options, Cancel);
        var audit = await LeakAudit.RunAsync(Backup.FromJson(Short), Plant(sanitised, field, value), options, Cancel);

        Assert.Empty(clean.Findings);
        Assert.Equal(source is null ? 0 : 1, audit.Count);
        Assert.All(audit.Findings, leak => Assert.Contains($"of `{source}` of the original", leak.Reason, StringComparison.Ordinal));
        Assert.All(audit.Findings, leak => Assert.StartsWith($"/1/fields/{field}", leak.RightPlace!.Pointer, StringComparison.Ordinal));
    }

    /// <summary>A short number becomes another of a list by chance; what stands in its own place is a leak.</summary>
    [Fact]
    public async Task Short_values_of_lists_are_leaks_only_in_their_own_elements()
    {
        var numbers = string.Join(',', Enumerable.Range(10, 90).Select(number => $"{{\"pin\": \"{number}\"}}"));
        var original = $"[{{\"model\": \"test.thing\", \"pk\": 1, \"fields\": {{\"data\": [{numbers}]}}}}]";
        var options = new LeakAuditOptions { Model = Sanitized.Everything };
        var sanitised = await Sanitized.TextAsync(Backup.FromJson(original), new SanitizeOptions { Model = Sanitized.Everything, Seed = "s" });
        var planted = JsonNode.Parse(sanitised)!;
        planted[0]!["fields"]!["data"]![7]!["pin"] = "17";

        var clean = await LeakAudit.RunAsync(Backup.FromJson(original), Backup.FromJson(sanitised), options, Cancel);
        var audit = await LeakAudit.RunAsync(Backup.FromJson(original), Backup.FromJson(planted.ToJsonString()), options, Cancel);

        Assert.Equal(90, JsonElement.Parse(sanitised)[0].GetProperty("fields").GetProperty("data").EnumerateArray().Select(item => item.GetProperty("pin").GetString()).Distinct().Count());
        Assert.InRange(clean.Count, 0, 2);
        Assert.Contains("/0/fields/data/7/pin", audit.Findings.Select(finding => finding.RightPlace!.Pointer));
        Assert.Equal(clean.Count + 1, audit.Count);
    }

    [Fact]
    public async Task Original_itself_leaks_every_value_that_a_rule_replaces_and_counts_all()
    {
        var options = new LeakAuditOptions { Model = Sanitized.Everything, MaxFindings = 3 };

        var audit = await LeakAudit.RunAsync(Backup.FromJson(Original), Backup.FromJson(Original), options, Cancel);

        Assert.Equal((12, 3, 2), (audit.Count, audit.Findings.Count, audit.Records));
    }

    [Fact]
    public async Task Field_that_a_rule_keeps_is_neither_a_leak_nor_listed()
    {
        var rules = SanitizeRules.Default(Sanitized.Everything).With("test.thing", "caption", SanitizeRule.Keep);
        var options = new LeakAuditOptions { Model = Sanitized.Everything, Rules = rules };

        var audit = await LeakAudit.RunAsync(Backup.FromJson(Original), Plant(await SanitisedAsync(), "caption", "\"Dear Ada Lovelace\""), options, Cancel);

        Assert.Empty(audit.Findings);
        Assert.Empty(audit.Kept);
    }

    [Fact]
    public async Task Leak_in_a_key_is_found()
    {
        var sanitised = Backup.FromJson("""[{"model": "other.thing", "pk": "hunter2-hunter2", "fields": {}}]""");

        var leak = Assert.Single((await AuditAsync(sanitised)).Findings);

        Assert.Equal("/0/pk", leak.RightPlace!.Pointer);
        Assert.Null(leak.RightPk);
    }

    private static Task<LeakAuditResult> AuditAsync(Backup sanitised) =>
        LeakAudit.RunAsync(Backup.FromJson(Original), sanitised, new LeakAuditOptions { Model = Sanitized.Everything }, Cancel);

    private static Task<string> SanitisedAsync() =>
        Sanitized.TextAsync(Backup.FromJson(Original), new SanitizeOptions { Model = Sanitized.Everything, Seed = "s" });

    /// <summary>The sanitised backup with a value in its second record.</summary>
    private static Backup Plant(string sanitised, string field, string value)
    {
        var array = JsonNode.Parse(sanitised)!.AsArray();
        array[1]!["fields"]![field] = JsonNode.Parse(value);
        return Backup.FromJson(array.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }
}

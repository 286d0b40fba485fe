using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Relocation.Testing.Tests.Sanitizing;

public sealed class LeakAuditTests
{
    private const string Original = """
        [{"model": "test.thing", "pk": 1, "fields": {"name": "Ada Lovelace", "slug": "engine-builders", "email": "ada.byron@example.org", "ip_address": "10.11.12.13",
          "home_url": "https://engines.example.net/a", "guid": "4c79eea3-8a71-4b8f-b2e9-8a5b3a0b2ea5", "date_added": "2023-06-22T00:00:00Z",
          "password": "hunter2-hunter2", "born_on": "1815-12-10", "note": "likes maths", "data": {"api_token": "t0k3n-of-ada"}, "config": null}},
         {"model": "test.thing", "pk": 2, "fields": {"name": "Countess", "password": "5551234567", "note": "The test.thing of date_added"}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Plants => new()
    {
        { "note", "\"Ada Lovelace\"", "test.thing.name" },
        { "note", "\"as ADA LOVELACE said\"", "test.thing.name" },
        { "note", "\"see /ada-lovelace/x\"", "test.thing.name" },
        { "note", "\"xengine-buildersx\"", "test.thing.slug" },
        { "note", "\"mail ada.byron@example.org now\"", "test.thing.email" },
        { "note", "\"ada.byron was here\"", "test.thing.email" },
        { "note", "\"somebody@example.org\"", "test.thing.email" },
        { "note", "\"from 10.11.12.13:80\"", "test.thing.ip_address" },
        { "note", "\"at engines.example.net\"", "test.thing.home_url" },
        { "note", "\"4c79eea38a714b8fb2e98a5b3a0b2ea5\"", "test.thing.guid" },
        { "note", "\"{\\\"a\\\": [\\\"hunter2-hunter\\\\u0032\\\"]}\"", "test.thing.password" },
        { "note", "\"\\\"{\\\\\\\"deep\\\\\\\": \\\\\\\"hunter2-hunter2\\\\\\\"}\\\"\"", "test.thing.password" },
        { "note", "\"the countess\"", "test.thing.name" },
        { "note", "\"call 5551234567\"", "test.thing.password" },
        { "data", "{\"x\": [{\"y\": \"hunter2-hunter2\"}]}", "test.thing.password" },
        { "data", "{\"hunter2-hunter2\": 1}", "test.thing.password" },
        { "data", "{\"x\": \"t0k3n-of-ada\"}", "a member whose name speaks of a secret or an address" },
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
    [InlineData("\"2023-06-22T00:00:00Z\"")]
    [InlineData("\"the password of a thing, its home_url and date_added\"")]
    [InlineData("\"viscountess countesses\"")]
    [InlineData("\"15551234567\"")]
    public async Task What_may_be_there_by_chance_is_no_leak(string value)
    {
        Assert.Empty((await AuditAsync(Plant(await SanitisedAsync(), "note", value))).Findings);
    }

    /// <summary>"Error Voluptatem" holds no "Error a", but may once its second word is another.</summary>
    [Fact]
    public async Task Neighbours_of_what_is_replaced_never_spell_another_value()
    {
        const string Neighbours = """
            [{"model": "test.thing", "pk": 1, "fields": {"name": "Error a", "slug": "error-a"}},
             {"model": "test.thing", "pk": 2, "fields": {"name": "Voluptatem", "slug": "voluptatem", "note": "Error Voluptatem"}}]
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
            spelled += ((string)second["name"]!).StartsWith('A') && !((string)second["note"]!).StartsWith("Error ", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(spelled > 0, "No seed made a name that begins with A.");
    }

    private const string Short = """
        [{"model": "test.thing", "pk": 1, "fields": {"name": "Ada", "slug": "ada", "password": "k3y", "email": "ben@ex.org", "note": "go", "data": {"env": "prod", "stage": "[\"beta\"]"}}},
         {"model": "test.thing", "pk": 2, "fields": {"name": "Prod", "slug": "beta", "password": "true", "email": "1@ex.org", "note": "no", "data": {"env": "go", "deep": {"kit": 1}}}},
         {"model": "test.thing", "pk": 3, "fields": {"name": "Kit", "slug": "x1", "password": "12345", "note": "Eve", "ip_address": "::1"}},
         {"model": "test.thing", "pk": 4, "fields": {"name": "Eve", "slug": "eve", "password": "id"}}]
        """;

    [Theory]
    [InlineData("note", "\"Ada\"", "test.thing.name")]
    [InlineData("note", "\" ADA \"", "test.thing.name")]
    [InlineData("data", "{\"who\": [\"ada\"]}", "test.thing.name")]
    [InlineData("data", "{\"text\": \"{\\\"a\\\": \\\"k3y\\\"}\"}", "test.thing.password")]
    [InlineData("unheard_of", "\"ben\"", "test.thing.email")]
    [InlineData("name", "\"Prod\"", "test.thing.name")]
    [InlineData("slug", "\"beta\"", "test.thing.slug")]
    [InlineData("slug", "\"ada\"", null)]
    [InlineData("note", "\"Adam\"", null)]
    [InlineData("note", "\"Dear Ada\"", null)]
    [InlineData("note", "\"prod\"", null)]
    [InlineData("note", "\"beta\"", null)]
    [InlineData("note", "\"kit\"", null)]
    [InlineData("note", "\"Eve\"", null)]
    [InlineData("note", "\"true\"", null)]
    [InlineData("note", "\"12345\"", null)]
    [InlineData("note", "\"x1\"", null)]
    [InlineData("note", "12345", null)]
    [InlineData("data", "{\"on\": true}", null)]
    [InlineData("password", "\"k3y\"", null)]
    public async Task Short_value_is_a_leak_only_where_it_is_all_and_tells_something(string field, string value, string? source)
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

    [Fact]
    public async Task Original_itself_leaks_every_value_that_a_rule_replaces_and_counts_all()
    {
        var options = new LeakAuditOptions { Model = Sanitized.Everything, MaxFindings = 3 };

        var audit = await LeakAudit.RunAsync(Backup.FromJson(Original), Backup.FromJson(Original), options, Cancel);

        Assert.Equal((10, 3, 2), (audit.Count, audit.Findings.Count, audit.Records));
    }

    [Fact]
    public async Task Field_whose_values_stay_is_no_leak_but_text_in_it_may_be()
    {
        var rules = SanitizeRules.Default(Sanitized.Everything).With("test.thing", "note", SanitizeRule.Keep);
        var options = new LeakAuditOptions { Model = Sanitized.Everything, Rules = rules };
        var sanitised = await SanitisedAsync();

        Assert.Empty((await LeakAudit.RunAsync(Backup.FromJson(Original), Plant(sanitised, "note", "\"Ada Lovelace\""), options, Cancel)).Findings);
        Assert.Single((await LeakAudit.RunAsync(Backup.FromJson(Original), Plant(sanitised, "note", "\"Dear Ada Lovelace\""), options, Cancel)).Findings);
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

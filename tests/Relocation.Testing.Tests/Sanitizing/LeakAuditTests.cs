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

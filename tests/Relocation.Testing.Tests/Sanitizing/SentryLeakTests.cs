using System.Text.Json;
using Relocation.Testing.Specification;
using Xunit;

namespace Relocation.Testing.Tests.Sanitizing;

/// <summary>What Sentry's own sanitiser wipes or replaces does not stay.</summary>
public sealed class SentryLeakTests
{
    private static readonly RelocationModel Model = SentryModel.Create(SqliteEngine.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Case("sentry/leaks")]
    [InlineData("integration", "external_id")]
    [InlineData("integration", "provider")]
    [InlineData("repository", "external_id")]
    [InlineData("repository", "provider")]
    [InlineData("authprovider", "provider")]
    [InlineData("apikey", "label")]
    [InlineData("apikey", "key")]
    [InlineData("sentryapp", "author")]
    [InlineData("sentryapp", "overview")]
    [InlineData("sentryappcomponent", "type")]
    [InlineData("apitoken", "token_type")]
    [InlineData("apiapplication", "client_id")]
    [InlineData("user", "session_nonce")]
    public async Task Text_is_replaced(string model, string field)
    {
        foreach (var value in new[] { "acme:T01234567", "sntryu_", "Grüße an Alle", "a" })
        {
            var made = await SanitizedAsync(model, field, JsonSerializer.Serialize(value));

            Assert.Equal(JsonValueKind.String, made.ValueKind);
            Assert.True(made.GetString() != value || value.Length < 2, field);
            Assert.Equal(value.Length, made.GetString()!.Length);
        }
    }

    [Theory]
    [Case("sentry/leaks")]
    [InlineData("organizationintegration", "config", "{}")]
    [InlineData("projectintegration", "config", "{}")]
    [InlineData("authidentity", "data", "{}")]
    [InlineData("sentryapp", "schema", "{}")]
    [InlineData("sentryappcomponent", "schema", "{}")]
    [InlineData("authprovider", "config", "{}")]
    [InlineData("integration", "metadata", "{}")]
    [InlineData("repository", "config", "{}")]
    [InlineData("sentryapp", "metadata", "{}")]
    [InlineData("apiapplication", "allowed_origins", "\"\"")]
    [InlineData("apiapplication", "redirect_uris", "\"\"")]
    [InlineData("apikey", "allowed_origins", "\"\"")]
    [InlineData("userip", "country_code", "\"CA\"")]
    [InlineData("userip", "region_code", "\"BC\"")]
    [InlineData("servicehook", "events", "\"[]\"")]
    public async Task What_is_wiped_holds_nothing(string model, string field, string empty)
    {
        foreach (var value in new[] { "{\"secret\": [\"x\", {\"y\": \"https://acme.example\"}]}", "\"https://acme.example\"", "[1]", empty })
        {
            Assert.Equal(empty, (await SanitizedAsync(model, field, value)).GetRawText());
        }

        Assert.Equal("null", (await SanitizedAsync(model, field, "null")).GetRawText());
    }

    /// <summary>What says that a text is wiped is a text of the backup's own form, so that other texts keep their meaning.</summary>
    [Theory]
    [Case("sentry/digits")]
    [InlineData("{\"secret\": \"x\"}", "{\\\"a\\\":1}", "\"\"", JsonTextReading.AsText)]
    [InlineData("\"{\\\"secret\\\": \\\"x\\\"}\"", "{\\\"a\\\":1}", "\"\\\"\\\"\"", JsonTextReading.AsJson)]
    [InlineData("\"plain\"", "\\\"quoted\\\"", "\"\"", JsonTextReading.AsText)]
    public async Task Sanitised_backup_is_read_as_its_original_is(string config, string text, string wiped, JsonTextReading reading)
    {
        var original = $$"""
            [{"model": "sentry.authenticator", "pk": 1, "fields": {"user": 1, "type": 1, "config": {{config}} } },
             {"model": "sentry.option", "pk": 1, "fields": {"key": "k", "value": "{{text}}" } }]
            """;
        using var stream = new MemoryStream();
        var options = new SanitizeOptions { Model = Model, Rules = SentrySanitizing.Rules(Model), Seed = "s" };

        var first = await BackupSanitizer.SanitizeAsync(Backup.FromJson(original), BackupDestination.ToStream(stream), options, Cancel);
        var again = await BackupSanitizer.SanitizeAsync(Backup.FromUtf8(stream.ToArray()), BackupDestination.ToStream(Stream.Null), options, Cancel);

        Assert.Equal((reading, reading), (first.JsonTexts!.Reading, again.JsonTexts!.Reading));
        using var written = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(wiped, written.RootElement[0].GetProperty("fields").GetProperty("config").GetRawText());
        Assert.Equal($"\"{text}\"", written.RootElement[1].GetProperty("fields").GetProperty("value").GetRawText());
    }

    private static async Task<JsonElement> SanitizedAsync(string model, string field, string value)
    {
        var json = $$"""[{"model": "sentry.{{model}}", "pk": 1, "fields": {"{{field}}": {{value}} } }]""";
        using var stream = new MemoryStream();
        var options = new SanitizeOptions { Model = Model, Rules = SentrySanitizing.Rules(Model), Seed = "s" };
        await BackupSanitizer.SanitizeAsync(Backup.FromJson(json), BackupDestination.ToStream(stream), options, Cancel);
        return JsonElement.Parse(stream.ToArray())[0].GetProperty("fields").GetProperty(field);
    }
}

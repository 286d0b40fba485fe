using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>What a text means that may be JSON is decided for a backup as a whole, and said.</summary>
public abstract class JsonTextSpecification(DatabaseUnderTest engine)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Odd =
    [
        "12345", "true", "null", "-0.5e3", "{\"a\":1}", "[]", "[1, \"x\"]", "\"quoted\"", "Europe/Vienna", string.Empty, " ", "{no json}", "[web] ", "\\\"", "é\n\t",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(Odd.Select(Gen.Const).ToArray<Gen<string>>());

    private static readonly Gen<JsonNode?> Json = Gen.Frequency(
        (6, Texts.Select(text => (JsonNode?)JsonValue.Create(text))),
        (1, Gen.Long.Select(number => (JsonNode?)JsonValue.Create(number))),
        (1, Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag))),
        (1, Texts.Array[0, 3].Select(texts => (JsonNode?)new JsonArray([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]))),
        (1, Texts.Select(text => (JsonNode?)new JsonObject { ["a"] = text, ["b"] = 1 })));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Case("sentry/digits")]
    public async Task Texts_of_a_newer_backup_stay_texts()
    {
        await using var database = await engine.SentryAsync();
        var backup = Options("12345", "true", "{\"a\":1}");

        var result = await database.ImportAsync(backup, null, Cancel);

        Assert.Equal("o1|\"12345\"\no2|\"true\"\no3|\"{\\\"a\\\":1}\"", await ValuesAsync(database));
        var report = result.JsonTexts!;
        Assert.Equal((JsonTextReading.AsText, false, true, 1, 2, 0), (report.Reading, report.IsAskedFor, report.IsMixed, report.InText, report.Plain, report.Values));
        Assert.Equal(("/2", "/0"), (report.FirstInText!.Pointer, report.FirstNewer!.Pointer));
        await MustComeBackAsync(database);
    }

    [Fact]
    [Case("sentry/digits")]
    public async Task Texts_of_an_older_backup_are_the_JSON_that_they_hold()
    {
        await using var database = await engine.SentryAsync();
        var backup = Options("\"Europe/Vienna\"", "{\"conditions\":[]}", "[\"*\"]", 5, true, "\"12345\"", "\"{}\"");

        var result = await database.ImportAsync(backup, null, Cancel);

        Assert.Equal(
            "o1|\"Europe/Vienna\"\no2|{\"conditions\":[]}\no3|[\"*\"]\no4|5\no5|true\no6|\"12345\"\no7|\"{}\"", await ValuesAsync(database));
        var report = result.JsonTexts!;
        Assert.Equal((JsonTextReading.AsJson, false, false, 5, 0, 0), (report.Reading, report.IsAskedFor, report.IsMixed, report.InText, report.Plain, report.Values));
        await MustComeBackAsync(database);
    }

    /// <summary>One value that no older backup holds makes all texts of the backup texts, wherever it stands.</summary>
    [Theory]
    [Case("sentry/digits")]
    [InlineData("\"12345\"")]
    [InlineData("\"null\"")]
    [InlineData("\"\"")]
    [InlineData("\"Europe/Vienna\"")]
    [InlineData("\"{no json}\"")]
    [InlineData("\"[web] \"")]
    [InlineData("{\"a\": 1}")]
    [InlineData("[]")]
    public async Task One_value_of_the_newer_form_decides_for_the_whole_backup(string newer)
    {
        await using var database = await engine.SentryAsync();
        foreach (var isFirst in new[] { true, false })
        {
            JsonNode?[] values = ["\"quoted\"", "{\"a\":1}"];
            var backup = isFirst ? Options([JsonNode.Parse(newer), .. values]) : Options([.. values, JsonNode.Parse(newer)]);

            var result = await database.ImportAsync(backup, null, Cancel);

            Assert.True(result.JsonTexts is { Reading: JsonTextReading.AsText, IsMixed: true, InText: 2 });
            Assert.Contains("|\"\\\"quoted\\\"\"", await ValuesAsync(database), StringComparison.Ordinal);
            await database.ResetAsync(Cancel);
        }
    }

    [Fact]
    [Case("sentry/digits")]
    public async Task An_option_decides_otherwise_and_the_result_says_so()
    {
        await using var database = await engine.SentryAsync();

        var asJson = await database.ImportAsync(Options("12345", "plain", "{\"a\":1}"), new ImportOptions { JsonTexts = JsonTextReading.AsJson }, Cancel);
        Assert.Equal("o1|12345\no2|\"plain\"\no3|{\"a\":1}", await ValuesAsync(database));
        Assert.True(asJson.JsonTexts is { Reading: JsonTextReading.AsJson, IsAskedFor: true, IsMixed: true });

        await database.ResetAsync(Cancel);
        var asText = await database.ImportAsync(Options("\"x\""), new ImportOptions { JsonTexts = JsonTextReading.AsText }, Cancel);
        Assert.Equal("o1|\"\\\"x\\\"\"", await ValuesAsync(database));
        Assert.True(asText.JsonTexts is { Reading: JsonTextReading.AsText, IsAskedFor: true, IsMixed: false });

        await database.ResetAsync(Cancel);
        Assert.Null((await database.ImportAsync(Options(1, null, false), null, Cancel)).JsonTexts);
    }

    [Fact]
    [Case("sentry/digits")]
    public async Task Sentrys_import_reads_alike_and_its_rules_see_what_is_meant()
    {
        await using var database = await engine.SentryImportAsync();
        foreach (var (zone, others, isTaken) in new[]
        {
            ("\"Europe/Vienna\"", "\"x\"", true), ("Europe/Vienna", "x", true), ("\"Europe/Vienna\"", "x", false), ("Europe/Vienna", "\"x\"", true),
        })
        {
            var records = new SentryRecords().User(1, "ada").Add("useroption", 1, ("user", 1), ("key", "timezone"), ("value", zone))
                .Add("useroption", 2, ("user", 1), ("key", "k"), ("value", others));
            if (isTaken)
            {
                await database.ImportAsync(records.Backup, SentryScopes.Global);
                Assert.Equal("\"Europe/Vienna\"", await database.TextAsync("SELECT value FROM sentry_useroption WHERE key = 'timezone'"));
            }
            else
            {
                var refusal = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(records.Backup, SentryScopes.Global));
                Assert.Equal(SentryImportErrorKind.ValidationError, refusal.Error.Kind);
                var options = new SentryImportOptions { Clock = SentryImports.Options.Clock, JsonTexts = JsonTextReading.AsJson };
                Assert.True((await database.ImportAsync(records.Backup, SentryScopes.Global, options)).Records.JsonTexts is { IsAskedFor: true });
                Assert.Equal("\"Europe/Vienna\"|\"x\"", await database.TextAsync(
                    "SELECT a.value, b.value FROM sentry_useroption a JOIN sentry_useroption b ON b.key = 'k' WHERE a.key = 'timezone'"));
            }
        }
    }

    /// <summary>The same values in the older and in the newer form become the same rows, and an export of them comes back.</summary>
    [Fact]
    [Case("sentry/digits")]
    public async Task Both_forms_of_the_same_values_become_the_same_rows()
    {
        await using var database = await engine.SentryAsync();
        await Json.Array[1, 8].SampleAsync(
            async values =>
            {
                JsonNode?[] all = [.. values, "a text that no older backup holds"];
                await database.ResetAsync(Cancel);
                await database.ImportAsync(Options(all), null, Cancel);
                var newer = await ValuesAsync(database);
                await MustComeBackAsync(database);

                await database.ResetAsync(Cancel);
                var result = await database.ImportAsync(Options([.. all.Select(Older)]), null, Cancel);
                Assert.True(result.JsonTexts is { Reading: JsonTextReading.AsJson, IsMixed: false });
                Assert.Equal(newer, await ValuesAsync(database));
            },
            iter: 60,
            threads: 1);
    }

    /// <summary>Exports are of the older form, of which one says what each value is.</summary>
    private static async Task MustComeBackAsync(TestDatabase database)
    {
        var rows = await ValuesAsync(database);
        var exported = await database.ExportToJsonAsync(null, Cancel);
        await database.ResetAsync(Cancel);

        var result = await database.ImportAsync(Backup.FromJson(exported), null, Cancel);

        Assert.True(result.JsonTexts is null or { Reading: JsonTextReading.AsJson, IsMixed: false });
        Assert.Equal(rows, await ValuesAsync(database));
        Assert.Equal(exported, await database.ExportToJsonAsync(null, Cancel));
    }

    /// <summary>The options' values, in one spelling of JSON.</summary>
    private static async Task<string> ValuesAsync(TestDatabase database) => string.Join(
        '\n',
        (await database.TextAsync("SELECT key, value FROM sentry_option ORDER BY id")).Split('\n').Select(row => row.Split('|', 2))
            .Select(row => $"{row[0]}|{JsonNode.Parse(row[1])?.ToJsonString(Relaxed) ?? "null"}"));

    private static JsonNode? Older(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object => JsonValue.Create(value.ToJsonString()),
        _ => value?.DeepClone(),
    };

    private static Backup Options(params JsonNode?[] values)
    {
        var records = new SentryRecords();
        foreach (var (at, value) in values.Index())
        {
            records.Add("option", at + 1, ("key", $"o{at + 1}"), ("value", value?.DeepClone()), ("last_updated", "2023-06-22T00:00:00.000Z"), ("last_updated_by", "unknown"));
        }

        return records.Backup;
    }
}

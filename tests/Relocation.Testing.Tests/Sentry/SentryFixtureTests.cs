using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Sentry.Catalogue;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

public sealed class SentryFixtureTests
{
    private static readonly IReadOnlyDictionary<string, CatalogueModel> Models = CatalogueReader.Read("24.7.0").Models;

    private static readonly JsonSerializerOptions ExportersForm = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Organization_has_a_record_of_every_model()
    {
        Assert.Equal(Models.Keys.Order(StringComparer.Ordinal), Records().Select(Label).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Organization_has_exactly_the_fields_of_its_version_in_their_encodings()
    {
        foreach (var record in Records())
        {
            var model = Models[Label(record)];
            var fields = record.GetProperty("fields").EnumerateObject().ToList();
            Assert.Equal(model.Fields.Keys, fields.Select(field => field.Name));
            Assert.All(fields, field => Assert.True(
                DumpEncoding.Holds(model.Fields[field.Name], field.Value),
                $"{Label(record)} {Key(record)}: '{field.Name}' is {field.Value.GetRawText()}, which is not written as {model.Fields[field.Name].Dump}."));
        }
    }

    [Fact]
    public void Organization_refers_only_to_records_that_came_before()
    {
        var before = new HashSet<(string, long)>();
        foreach (var record in Records())
        {
            foreach (var field in record.GetProperty("fields").EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Number))
            {
                if (Models[Label(record)].Fields[field.Name].Reference is { } reference)
                {
                    Assert.Contains((reference.To, field.Value.GetInt64()), before);
                }
            }

            Assert.True(before.Add((Label(record), Key(record))), $"{Label(record)} {Key(record)} occurs twice.");
        }
    }

    [Fact]
    public void Organization_sets_every_reference_of_the_model_at_least_once_but_the_one_to_activations()
    {
        var set = Records().SelectMany(record => record.GetProperty("fields").EnumerateObject()
                .Where(field => field.Value.ValueKind != JsonValueKind.Null)
                .Select(field => $"{Label(record)}.{field.Name}"))
            .ToHashSet();

        var never = Models.SelectMany(model => model.Value.Fields
            .Where(field => field.Value.Reference is not null && !set.Contains($"{model.Key}.{field.Key}"))
            .Select(field => $"{model.Key}.{field.Key}"));
        Assert.Equal(["sentry.incident.activation"], never);
    }

    [Fact]
    public void Organization_keeps_every_unique_set()
    {
        foreach (var group in Records().GroupBy(Label))
        {
            foreach (var unique in Models[group.Key].Uniques.Where(unique => unique.Where is null))
            {
                var values = group
                    .Select(record => unique.Fields.Select(name => record.GetProperty("fields").GetProperty(name)).ToList())
                    .Where(row => row.TrueForAll(value => value.ValueKind != JsonValueKind.Null))
                    .Select(row => string.Join(' ', row.Select(value => value.GetRawText())))
                    .ToList();
                Assert.True(values.Distinct().Count() == values.Count, $"{group.Key}: {string.Join(", ", unique.Fields)} is not unique.");
            }
        }
    }

    [Theory]
    [InlineData("organization.json")]
    [InlineData("drift.json")]
    public void Fixtures_are_indented_as_the_exporter_does(string name)
    {
        var text = File.ReadAllText(Repository.Fixture("sentry", name));

        Assert.Equal(JsonSerializer.Serialize(JsonElement.Parse(text), ExportersForm) + "\n", text);
    }

    [Fact]
    public void Drift_holds_models_and_fields_that_no_version_has()
    {
        var records = Records("drift.json");
        var unknown = records.Where(record => Models.ContainsKey(Label(record)))
            .SelectMany(record => record.GetProperty("fields").EnumerateObject()
                .Where(field => !Models[Label(record)].Fields.ContainsKey(field.Name))
                .Select(field => $"{Label(record)}.{field.Name}"));

        Assert.Equal(["sentry.actor", "sentry.actor", "sentry.pigeon"], records.Select(Label).Where(label => !Models.ContainsKey(label)));
        Assert.Equal(
            ["sentry.alertrule.owner", "sentry.rule.owner", "sentry.team.actor", "sentry.team.org_role", "sentry.user.nickname"],
            unknown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Drift_lacks_fields_of_every_kind_of_default_and_none_without()
    {
        var absent = Records("drift.json").Where(record => Models.ContainsKey(Label(record)))
            .SelectMany(record => Models[Label(record)].Fields
                .Where(field => !record.GetProperty("fields").TryGetProperty(field.Key, out _))
                .Select(field => field.Value))
            .ToList();

        Assert.All(absent, field => Assert.True(field.IsNullable || field.Default is not null));
        Assert.Contains(absent, field => field.Default is null);
        Assert.Contains(absent, field => field.Default?.Constant is not null);
        Assert.Contains(absent, field => field.Default?.Now == TimeSpan.Zero);
        Assert.Contains(absent, field => field.Default?.Now > TimeSpan.Zero);
        Assert.Contains(absent, field => field.Default?.Token is not null);
        Assert.Contains(absent, field => field.Default is { Guid: true });
    }

    private static JsonElement[] Records(string name = "organization.json") =>
        [.. JsonElement.Parse(File.ReadAllText(Repository.Fixture("sentry", name))).EnumerateArray()];

    private static string Label(JsonElement record) => record.GetProperty("model").GetString()!;

    private static long Key(JsonElement record) => record.GetProperty("pk").GetInt64();
}

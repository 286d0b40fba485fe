using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Sentry.Catalogue;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

/// <summary>The catalogue of each release says what was read of that release's source.</summary>
public sealed class SentryReleaseTests
{
    private const string Fields = "version-fields.json";

    /// <summary>References that a release's own list of keys leaves out; teams and actors refer to each other.</summary>
    private static readonly string[] Unlisted = ["sentry.actor.team", "sentry.team.actor"];

    /// <summary>Versions after head, which are described in another file.</summary>
    private static readonly string[] Later = ["26.6", "26.2"];

    public static TheoryData<string> Described => [.. SentryModel.Versions.Except([.. Later, "24.2.0"])];

    public static TheoryData<string> Versions => [.. SentryModel.Versions];

    [Theory]
    [MemberData(nameof(Described))]
    public void Release_has_the_models_and_fields_of_its_source(string version)
    {
        using var facts = JsonFiles.Read(Repository.Shared("spec", Fields));
        var expected = ModelsOf(facts, version);
        var catalogue = CatalogueReader.Read(version);

        Assert.Equal(
            expected.EnumerateObject().SelectMany(model => Lines(model.Name, model.Value)).Order(StringComparer.Ordinal),
            catalogue.Models.SelectMany(model => Lines(model.Key, model.Value)).Order(StringComparer.Ordinal));
        Assert.Equal(
            RelocatableModels(facts, version), catalogue.Models.Count);
        Assert.Equal(facts.RootElement.GetProperty(NameOf(version)).GetProperty("date").GetString(), catalogue.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void Lengths_nulls_and_bits_are_those_of_the_source(string version)
    {
        using var facts = JsonFiles.Read(Repository.Shared("spec", Fields));
        var compared = 0;
        foreach (var (label, model) in CatalogueReader.Read(version).Models)
        {
            foreach (var (name, field) in model.Fields)
            {
                var expected = ModelsOf(facts, version).GetProperty(label).GetProperty("fields").GetProperty(name);
                Assert.True(expected.GetProperty("null").GetBoolean() == field.IsNullable, $"{label}.{name} null");
                Assert.Equal(expected.TryGetProperty("flags", out var flags) ? Texts(flags) : [], field.Flags);
                if (expected.TryGetProperty("max_length", out var length) && field.Type.StartsWith("varchar(", StringComparison.Ordinal))
                {
                    Assert.Equal($"varchar({length.GetInt32()})", field.Type);
                    compared++;
                }
            }
        }

        Assert.True(compared > 60, $"Only {compared} lengths were compared.");
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void Keys_and_unique_sets_are_those_that_the_release_lists(string version)
    {
        using var facts = JsonFiles.Read(Repository.Shared("spec", Fields));
        var models = ModelsOf(facts, version);
        foreach (var (label, model) in CatalogueReader.Read(version).Models)
        {
            var expected = models.GetProperty(label);
            Assert.Equal(
                expected.GetProperty("foreign_keys").EnumerateObject()
                    .Select(key => $"{label}.{key.Name} {key.Value.GetProperty("kind")} {key.Value.GetProperty("model")}")
                    .Where(line => !Unlisted.Contains(line.Split(' ')[0])).Order(StringComparer.Ordinal),
                model.Fields.Where(field => field.Value.Reference is not null && !Unlisted.Contains($"{label}.{field.Key}"))
                    .Select(field => $"{label}.{field.Key} {field.Value.Reference!.Kind} {field.Value.Reference.To}").Order(StringComparer.Ordinal));
            if (expected.GetProperty("uniques") is { ValueKind: JsonValueKind.Array } sets)
            {
                Assert.Equal(
                    sets.EnumerateArray().Select(set => Set(label, model, Texts(set))).Order(StringComparer.Ordinal),
                    model.Uniques.Select(unique => Set(label, model, unique.Fields)).Distinct().Order(StringComparer.Ordinal));
            }
        }
    }

    /// <summary>The newest whole version is described model by model, in another form than the older ones.</summary>
    [Fact]
    public void Version_26_2_is_that_of_its_source()
    {
        using var facts = JsonFiles.Read(Repository.Shared("spec", "sentry-models-2025-11.json"));
        var expected = facts.RootElement.EnumerateObject().ToDictionary(model => model.Name, model => model.Value);
        var models = CatalogueReader.Read("26.2").Models;

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), models.Keys.Order(StringComparer.Ordinal));
        foreach (var (label, model) in models)
        {
            var fields = expected[label].GetProperty("fields").EnumerateObject().Where(field => field.Value.GetProperty("in_dump").GetBoolean()).ToList();
            Assert.Equal(fields.Select(field => field.Name).Order(StringComparer.Ordinal), model.Fields.Keys.Order(StringComparer.Ordinal));
            Assert.All(fields, field =>
            {
                var known = model.Fields[field.Name];
                Assert.Equal(
                    (field.Value.GetProperty("column").GetString(), field.Value.GetProperty("null").GetBoolean(), field.Value.GetProperty("dump").GetString()),
                    (known.Column ?? field.Name, known.IsNullable, known.Dump));
            });
            Assert.Equal(
                expected[label].GetProperty("foreign_keys").EnumerateObject().Select(key => $"{key.Name} {key.Value.GetProperty("kind")} {key.Value.GetProperty("model")}").Order(StringComparer.Ordinal),
                model.Fields.Where(field => field.Value.Reference is not null)
                    .Select(field => $"{field.Key} {field.Value.Reference!.Kind} {field.Value.Reference.To}").Order(StringComparer.Ordinal));
            Assert.Equal(Texts(expected[label].GetProperty("relocation_scopes")), model.Scopes);
        }
    }

    /// <summary>What options and rules hold was JSON in text before, which imports have to tell from the present form.</summary>
    [Theory]
    [InlineData("26.2")]
    [InlineData("26.6")]
    public void Fields_that_older_backups_hold_in_text_are_known(string version)
    {
        var former = CatalogueReader.Read(SentryModel.Head).Models.SelectMany(model => model.Value.Fields
            .Where(field => field.Value.Dump is "json-string" or "scalar-or-json-string").Select(field => $"{model.Key}.{field.Key}"));
        var now = CatalogueReader.Read(version).Models;

        Assert.Equal(
            former.Where(name => now.ContainsKey(name[..name.LastIndexOf('.')])).Order(StringComparer.Ordinal),
            now.SelectMany(model => model.Value.Fields.Where(field => field.Value.Former is not null).Select(field => $"{model.Key}.{field.Key}"))
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Checks_and_conditions_speak_of_columns_that_are_there(string version)
    {
        foreach (var (label, model) in CatalogueReader.Read(version).Models)
        {
            var columns = model.Fields.Select(field => field.Value.Column ?? field.Key).ToHashSet();
            foreach (var condition in model.Checks.Values.Concat(model.Uniques.Select(unique => unique.Where).OfType<string>()))
            {
                var names = condition.Split([' ', '(', ')', '='], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains('_', StringComparison.Ordinal) && word[0] != '\'');
                Assert.All(names, name => Assert.True(columns.Contains(name), $"{label}: {condition}"));
            }

            Assert.All(model.Uniques, unique => Assert.All(unique.Fields, name => Assert.Contains(name, model.Fields)));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_reference_of_a_release_leads_to_one_of_its_models_but_the_one_to_activations(string version)
    {
        var models = CatalogueReader.Read(version).Models;

        var outside = models.SelectMany(model => model.Value.Fields.Values)
            .Select(field => field.Reference?.To).OfType<string>().Where(label => !models.ContainsKey(label)).Distinct();

        Assert.Equal(models["sentry.incident"].Fields.ContainsKey("activation") ? ["sentry.alertruleactivations"] : [], outside);
    }

    [Fact]
    public void Version_24_2_0_is_24_1_2_with_hashed_tokens()
    {
        var (before, version, after) = (CatalogueReader.Read("24.1.2"), CatalogueReader.Read("24.2.0"), CatalogueReader.Read("24.4.2"));

        Assert.Equal(
            ["sentry.apitoken.hashed_refresh_token", "sentry.apitoken.hashed_token"],
            Names(version).Except(Names(before)).Order(StringComparer.Ordinal));
        Assert.Empty(Names(before).Except(Names(version)));
        foreach (var field in new[] { "hashed_token", "hashed_refresh_token" })
        {
            Assert.Equal(after.Models["sentry.apitoken"].Fields[field].Type, version.Models["sentry.apitoken"].Fields[field].Type);
            Assert.Contains(version.Models["sentry.apitoken"].Uniques, unique => unique.Fields.SequenceEqual([field]));
        }
    }

    [Fact]
    public void Releases_are_listed_newest_first_and_say_what_was_derived()
    {
        var releases = SentryModel.Releases;

        Assert.Equal(SentryModel.Versions, releases.Select(release => release.Version));
        Assert.Equal(releases.OrderByDescending(release => release.Date), releases);
        Assert.Equal(("24.9.0.dev0", 0), (Release("head").Number, Release("head").Derived.Count));
        Assert.Equal(["26.6"], releases.Where(release => release.IsPartial).Select(release => release.Version));
        Assert.Contains("24.1.2", Release("24.2.0").Derived[0], StringComparison.Ordinal);
        Assert.Contains("23.10.0", Release("23.9.1").Derived[0], StringComparison.Ordinal);
        Assert.Contains("sentry.actor: table, columns and constraints", Release("24.4.2").Derived);
        Assert.All(new[] { "24.5.1", "24.6.0", "24.7.0", "24.8.0" }, version => Assert.Empty(Release(version).Derived));

        SentryRelease Release(string version) => releases.Single(release => release.Version == version);
    }

    private static string NameOf(string version) => version == SentryModel.Head ? "head@2024-08-29" : version;

    private static JsonElement ModelsOf(JsonDocument facts, string version) => facts.RootElement.GetProperty(NameOf(version)).GetProperty("models");

    private static int RelocatableModels(JsonDocument facts, string version) =>
        facts.RootElement.GetProperty(NameOf(version)).GetProperty("relocatable_models").GetInt32();

    private static IEnumerable<string> Lines(string label, JsonElement model) => model.GetProperty("fields").EnumerateObject()
        .Select(field => $"{label}.{field.Name}")
        .Append($"{label} [{string.Join(',', Texts(model.GetProperty("relocation_scopes")).Order(StringComparer.Ordinal))}]");

    private static IEnumerable<string> Lines(string label, CatalogueModel model) => model.Fields.Keys
        .Select(name => $"{label}.{name}")
        .Append($"{label} [{string.Join(',', model.Scopes.Order(StringComparer.Ordinal))}]");

    private static IEnumerable<string> Names(SentryCatalogue catalogue) =>
        catalogue.Models.SelectMany(model => model.Value.Fields.Keys.Select(name => $"{model.Key}.{name}"));

    /// <summary>A unique set by columns: some sources spell these, and some spell fields.</summary>
    private static string Set(string label, CatalogueModel model, IEnumerable<string> names) =>
        $"{label} {string.Join(',', names.Select(name => model.Fields.TryGetValue(name, out var field) ? field.Column ?? name : name).Order(StringComparer.Ordinal))}";

    private static string[] Texts(JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetString()!)];
}

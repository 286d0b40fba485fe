using System.Text.Json;
using Relocation.Testing.Sentry.Catalogue;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

public sealed class SentryCatalogueTests
{
    /// <summary>What older versions had and newer ones have not, besides what the fixture of an invalid user makes up.</summary>
    private static readonly string[] Removed =
    [
        "sentry.actor", "sentry.alertrule.owner", "sentry.rule.owner", "sentry.team.actor", "sentry.team.org_role",
        "sentry.user.doesnotexist",
    ];

    private static readonly string[] BackupFolders = ["fixtures", "releases"];

    [Fact]
    public void Head_has_all_models_fields_and_references()
    {
        var models = CatalogueReader.Read("head").Models;

        Assert.Equal(85, models.Count);
        Assert.Equal(574, models.Values.Sum(model => model.Fields.Count));
        Assert.Equal(145, models.Values.SelectMany(model => model.Fields.Values).Count(field => field.Reference is not null));
    }

    [Fact]
    public void Version_24_7_0_is_head_without_what_came_later()
    {
        var head = CatalogueReader.Read("head");
        var older = CatalogueReader.Read("24.7.0");
        Assert.Equal(84, older.Models.Count);

        string[] differences =
        [
            "sentry.alertrule.detection_type", "sentry.alertrule.seasonality", "sentry.alertrule.sensitivity",
            "sentry.dashboardwidget.dataset_source", "sentry.datasecrecywaiver.access_end", "sentry.datasecrecywaiver.access_start",
            "sentry.datasecrecywaiver.date_added", "sentry.datasecrecywaiver.date_updated", "sentry.datasecrecywaiver.organization",
            "sentry.datasecrecywaiver.zendesk_tickets",
        ];
        Assert.Equal(differences, FieldNames(head).Except(FieldNames(older)).Order(StringComparer.Ordinal));
        Assert.Empty(FieldNames(older).Except(FieldNames(head)));
        Assert.Equal(
            ["prevent_superuser_access", "disable_member_invite"],
            head.Models["sentry.organization"].Fields["flags"].Flags.Except(older.Models["sentry.organization"].Fields["flags"].Flags));
    }

    [Theory]
    [InlineData("head")]
    [InlineData("24.7.0")]
    public void Real_backups_hold_nothing_unknown_but_what_was_removed(string version)
    {
        var models = CatalogueReader.Read(version).Models;
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (label, field) in RealFields())
        {
            if (!models.TryGetValue(label, out var model))
            {
                unknown.Add(label);
            }
            else if (!model.Fields.ContainsKey(field))
            {
                unknown.Add($"{label}.{field}");
            }
        }

        Assert.Equal(Removed, unknown);
    }

    [Theory]
    [InlineData("head")]
    [InlineData("24.7.0")]
    public void Real_backups_lack_no_field_that_has_neither_null_nor_default_but_the_invalid_users_name(string version)
    {
        var models = CatalogueReader.Read(version).Models;
        var lacking = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var record in RealRecords())
        {
            var label = record.GetProperty("model").GetString()!;
            if (models.TryGetValue(label, out var model))
            {
                lacking.UnionWith(model.Fields
                    .Where(field => !field.Value.IsNullable && field.Value.Default is null)
                    .Where(field => !record.GetProperty("fields").TryGetProperty(field.Key, out _))
                    .Select(field => $"{label}.{field.Key}"));
            }
        }

        Assert.Equal(["sentry.user.username"], lacking);
    }

    [Fact]
    public void Relations_of_24_7_0_are_those_that_its_release_lists()
    {
        using var released = JsonFiles.Read(
            Repository.Shared("data", "sentry", "model_dependencies", "24.7.0", "detailed.json"));
        foreach (var (label, model) in CatalogueReader.Read("24.7.0").Models)
        {
            var expected = released.RootElement.GetProperty(label);
            Assert.Equal(expected.GetProperty("table_name").GetString(), model.Table);
            Assert.Equal(Texts(expected.GetProperty("silos")), model.Silos);
            Assert.Equal(Texts(expected.GetProperty("relocation_scope")).Order(), model.Scopes.Order());
            Assert.Equal(Texts(expected.GetProperty("relocation_dependencies")).Order(), model.After.Order());
            Assert.Equal(
                expected.GetProperty("foreign_keys").EnumerateObject()
                    .Select(key => $"{label}.{key.Name} {key.Value.GetProperty("model")} {key.Value.GetProperty("kind")} {key.Value.GetProperty("nullable").GetBoolean()}")
                    .Order(StringComparer.Ordinal),
                model.Fields.Where(field => field.Value.Reference is not null)
                    .Select(field => $"{label}.{field.Key} {field.Value.Reference!.To} {field.Value.Reference.Kind} {field.Value.IsNullable}")
                    .Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Head_says_of_every_field_what_its_source_says()
    {
        using var source = JsonFiles.Read(Repository.Shared("spec", "sentry-models.json"));
        var models = CatalogueReader.Read("head").Models;

        Assert.Equal(
            source.RootElement.EnumerateObject().SelectMany(model => SourceFields(model.Name, model.Value)).Order(StringComparer.Ordinal),
            models.SelectMany(model => model.Value.Fields.Select(field => Line(model.Key, field.Key, field.Value))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Head_has_the_unique_sets_checks_and_keys_of_its_source()
    {
        using var source = JsonFiles.Read(Repository.Shared("spec", "sentry-models.json"));
        foreach (var (label, model) in CatalogueReader.Read("head").Models)
        {
            var expected = source.RootElement.GetProperty(label);
            var constraints = expected.GetProperty("constraints").EnumerateArray().ToList();
            string Columns(CatalogueUnique unique) => string.Join(',', unique.Fields.Select(name => model.Fields[name].Column ?? name).Order());

            Assert.Equal(
                expected.GetProperty("unique_columns").EnumerateArray().Select(set => string.Join(',', Texts(set).Order())).Order(),
                model.Uniques.Select(Columns).Distinct().Order());
            Assert.Equal(
                constraints.Where(item => Text(item, "kind") == "UniqueConstraint")
                    .Select(item => $"{Text(item, "name")} {Text(item, "condition")} {Text(item, "deferrable") is not null}").Order(),
                model.Uniques.Where(unique => unique.Name is not null)
                    .Select(unique => $"{unique.Name} {unique.Where} {unique.Deferrable}").Order());
            Assert.Equal(
                constraints.Where(item => Text(item, "kind") == "CheckConstraint").ToDictionary(item => Text(item, "name")!, item => Text(item, "condition")!),
                model.Checks);
            Assert.Equal(Text(expected.GetProperty("fields").GetProperty("id"), "pg_type"), $"{model.Key} identity");
            Assert.Equal(expected.GetProperty("pk").GetProperty("snowflake").GetBoolean(), model.Snowflake);
            Assert.Equal(
                expected.GetProperty("relocation_ordinal_fields") is { ValueKind: JsonValueKind.Array } ordinal ? Texts(ordinal) : [],
                model.Ordinal);
        }
    }

    [Fact]
    public void Constant_defaults_are_written_as_backups_write_them()
    {
        var checkedDefaults = 0;
        foreach (var (label, model) in CatalogueReader.Read("head").Models)
        {
            foreach (var (name, field) in model.Fields)
            {
                if (field.Default?.Constant is { } constant)
                {
                    Assert.True(DumpEncoding.Holds(field, constant), $"{label}.{name} defaults to {constant.GetRawText()}.");
                    checkedDefaults++;
                }
            }
        }

        Assert.Equal(112, checkedDefaults);
    }

    private static IEnumerable<string> FieldNames(SentryCatalogue catalogue) =>
        catalogue.Models.SelectMany(model => model.Value.Fields.Keys.Select(name => $"{model.Key}.{name}"));

    private static IEnumerable<(string Label, string Field)> RealFields() =>
        RealRecords().SelectMany(record => record.GetProperty("fields").EnumerateObject()
            .Select(field => (record.GetProperty("model").GetString()!, field.Name)));

    private static IEnumerable<JsonElement> RealRecords() =>
        BackupFolders
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Shared("data", "sentry", folder), "*.json"))
            .SelectMany(path => JsonElement.Parse(File.ReadAllText(path)).EnumerateArray());

    private static IEnumerable<string> SourceFields(string label, JsonElement model)
    {
        foreach (var field in model.GetProperty("fields").EnumerateObject().Where(field => field.Value.GetProperty("in_dump").GetBoolean()))
        {
            var reference = model.GetProperty("foreign_keys").TryGetProperty(field.Name, out var key)
                ? $"{Text(key, "model")} {Text(key, "kind")} {Text(key, "on_delete")?.ToUpperInvariant()} {key.GetProperty("db_constraint").GetBoolean()}"
                : string.Empty;
            var hasDefault = Text(field.Value, "default_kind") == "callable"
                || (field.Value.TryGetProperty("auto_add", out var isMade) && isMade.GetBoolean())
                || field.Value.GetProperty("default").ValueKind != JsonValueKind.Null;
            var flags = field.Value.TryGetProperty("flags", out var names) ? string.Join(',', Texts(names)) : string.Empty;
            yield return $"{label}.{field.Name} {Text(field.Value, "column")} {Text(field.Value, "pg_type")} {Text(field.Value, "dump")} "
                + $"null:{field.Value.GetProperty("null").GetBoolean()} default:{hasDefault} [{flags}] {reference}";
        }
    }

    private static string Line(string label, string name, CatalogueField field)
    {
        var reference = field.Reference is { } key ? $"{key.To} {key.Kind} {key.OnDelete} {key.Constraint}" : string.Empty;
        return $"{label}.{name} {field.Column ?? name} {field.Type}{(field.Min is { } least ? $" check >= {least}" : string.Empty)} {field.Dump} "
            + $"null:{field.IsNullable} default:{field.Default is not null} [{string.Join(',', field.Flags)}] {reference}";
    }

    private static string? Text(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string[] Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(item => item.GetString()!)] : [element.GetString()!];
}

using System.Text.Json;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

/// <summary>
/// What holds for the catalogue of every version, and what tests have to cover of it (docs/sentry-import.md, sections 12.2 and 12.3). Upstream
/// builds some of these assertions and never raises them (defect 18).
/// </summary>
public sealed class SentryInvariantTests
{
    private static readonly string[] Known = ["User", "Organization", "Config", "Global"];

    public static TheoryData<string> Versions => [.. SentryModel.Versions];

    public static TheoryData<string, string> Scopes =>
        [.. SentryModel.Versions.SelectMany(version => SentryScopes.All.Select(scope => (version, scope.Name)))];

    [Theory]
    [MemberData(nameof(Versions))]
    [Parity("12.3", "test_all_final_derivations_of_django_model_set_included_in_export")]
    public void Defect_18_every_model_declares_a_scope(string version) => Assert.All(ModelOf(version).Entities, entity =>
    {
        Assert.NotEmpty(entity.Scopes);
        Assert.Empty(entity.Scopes.Except(Known));
    });

    /// <summary>Rows of relations are records of models that are named.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    [Parity("12.3", "test_all_many_to_many_fields_explicitly_set_through_attribute")]
    public void No_table_is_there_for_a_relation_alone(string version) => Assert.All(ModelOf(version).Entities, entity => Assert.Empty(entity.Children));

    /// <summary>A record that a scope takes finds what it cannot do without in the same scope.</summary>
    [Theory]
    [MemberData(nameof(Scopes))]
    [Parity("12.3", "user scope validity")]
    [Parity("12.3", "organization scope validity")]
    [Parity("12.3", "config scope validity")]
    public void Defect_18_scope_takes_what_its_models_cannot_do_without(string version, string scopeName)
    {
        var (model, scope) = (ModelOf(version), SentryScopes.Parse(scopeName));

        var missing = model.Entities.Where(entity => entity.Scopes.Any(scope.Takes)).SelectMany(entity => entity.References
            .Where(reference => entity.Fields.Where(field => reference.Fields.Contains(field.Name)).All(field => !field.IsNullable))
            .Where(reference => model.Find(reference.Target) is { } target && !target.Scopes.Any(scope.Takes))
            .Select(reference => $"{entity.Label}.{reference}"));

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    [Parity("12.2", "Every exportable model is covered exhaustively")]
    [Parity("12.2", "Every model with several scopes is covered by a dynamic-scope test")]
    public void Exhaustive_instance_has_every_model_field_reference_and_scope(string version)
    {
        var model = ModelOf(version);
        using var json = JsonDocument.Parse(SentryFixtures.ExhaustiveJson(version));
        var records = json.RootElement.EnumerateArray().ToLookup(record => record.GetProperty("model").GetString()!, record => record.GetProperty("fields"));

        foreach (var entity in model.Entities)
        {
            var fields = records[entity.Label.Value].ToList();
            Assert.Equal((entity.Label, 2), (entity.Label, fields.Count));
            Assert.All(fields, record => Assert.Equal(entity.Fields.Select(field => field.Name).Order(), record.EnumerateObject().Select(field => field.Name).Order()));
            Assert.All(entity.Fields.Where(field => !LeadsOutside(model, entity, field)), field => Assert.True(
                fields.Exists(record => record.GetProperty(field.Name).ValueKind != JsonValueKind.Null), $"{entity.Label}.{field} is never set."));
            if (entity.ScopeRule is { Follow: null } rule)
            {
                Assert.Equal(
                    [false, true],
                    fields.Select(record => rule.WhenAnySet.Any(name => record.GetProperty(name).ValueKind != JsonValueKind.Null)).Order());
            }
        }
    }

    [Fact]
    public void Exhaustive_instance_is_the_same_on_every_run() =>
        Assert.Equal(SentryFixtures.ExhaustiveJson("24.1.2"), SentryFixtures.ExhaustiveJson("24.1.2"));

    /// <summary>Rows below an organization that was just inserted cannot collide; all others have to be imported twice by a test.</summary>
    [Fact]
    [Parity("12.2", "Every model that can collide is covered by a collision test")]
    public void Every_model_that_can_collide_is_imported_again_by_a_test_whose_map_is_approved()
    {
        var model = ModelOf("24.7.0");
        var again = ImportedAgain("again.*.txt");

        var colliding = model.Entities.Where(entity => !entity.Scopes.Contains("Global") && entity.Uniques.Any(unique => !IsBelowAnOrganization(model, entity, unique)))
            .Select(entity => entity.Label.Value).ToList();

        Assert.True(colliding.Count > 15, $"Only {colliding.Count} models can collide.");
        Assert.Empty(colliding.Except(again));
    }

    [Fact]
    [Parity("12.2", "Every model of organizations that refers to users is covered by the user-merge test")]
    public void Every_model_of_organizations_that_refers_to_users_is_imported_again_by_a_test_that_merges_them()
    {
        var model = ModelOf("24.7.0");
        var user = ModelLabel.Parse("sentry.user");

        var referring = model.Entities.Where(entity => entity.Scopes.Contains("Organization") && entity.References.Any(reference => reference.Target == user))
            .Select(entity => entity.Label.Value).ToList();

        Assert.True(referring.Count > 15, $"Only {referring.Count} models refer to users.");
        Assert.Empty(referring.Except(ImportedAgain("again.Organization.merge.verified.txt")));
    }

    /// <summary>The models that have records in approved maps of second imports.</summary>
    private static HashSet<string> ImportedAgain(string files) =>
        Directory.GetFiles(Path.GetDirectoryName(Repository.Golden("sentry/again"))!, files).SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("sentry.", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal))
            .Where(line => !line.EndsWith(": 0 records", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0]).ToHashSet();

    private static bool IsBelowAnOrganization(RelocationModel model, RelocationEntity entity, UniqueSet unique) =>
        entity.References.Where(reference => reference.Fields.Any(unique.Fields.Contains))
            .Any(reference => model.Find(reference.Target) is { } target && !target.Scopes.Any(scope => scope is "User" or "Config"));

    private static bool LeadsOutside(RelocationModel model, RelocationEntity entity, RelocationField field) =>
        entity.References.Any(reference => reference.Fields.Contains(field.Name) && model.Find(reference.Target) is null);

    private static RelocationModel ModelOf(string version) => SentryModel.Create(SqliteEngine.Instance, version);
}

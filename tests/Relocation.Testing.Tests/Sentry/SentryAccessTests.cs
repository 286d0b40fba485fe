using Relocation.Testing.Sentry.Catalogue;
using Relocation.Testing.Sentry.Rules;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

/// <summary>What a version adds or takes away is known to give nobody more access, or has a rule (docs/sentry-versions.md).</summary>
public sealed class SentryAccessTests
{
    /// <summary>Fields whose loss takes nothing from anybody's reach, with why.</summary>
    private static readonly Dictionary<string, string> Harmless = new(StringComparer.Ordinal)
    {
        ["monitors.monitor.is_muted"] = "what is told, not who may do what",
        ["monitors.monitor.is_upserting"] = "how a monitor was made",
        ["monitors.monitor.type"] = "a kind that has one value",
        ["sentry.alertrule.include_all_projects"] = "which projects are watched",
        ["sentry.apiapplication.requires_org_level_access"] = "asked when somebody consents anew; counted as lost by F-18",
        ["sentry.apiapplication.scopes"] = "asked when somebody consents anew; counted as lost by F-18",
        ["sentry.apiapplication.version"] = "a number of the form",
        ["sentry.dashboard.prebuilt_id"] = "where a dashboard comes from",
        ["sentry.dashboardwidget.changed_reason"] = "a note",
        ["sentry.dashboardwidget.widget_snapshot"] = "a note",
        ["sentry.dashboardwidgetquery.selected_aggregate"] = "what is shown",
        ["sentry.groupsearchview.environments"] = "what is shown",
        ["sentry.groupsearchview.is_all_projects"] = "what is shown",
        ["sentry.groupsearchview.position"] = "where it is shown; V-1",
        ["sentry.groupsearchview.time_filters"] = "what is shown",
        ["sentry.incident.activation"] = "always null in backups",
        ["sentry.integration.debug_data"] = "a note",
        ["sentry.project.external_id"] = "a name elsewhere",
        ["sentry.project.template"] = "where its options come from",
        ["sentry.repositorysettings.date_added"] = "a date",
        ["sentry.repositorysettings.date_updated"] = "a date",
        ["sentry.snubaquery.extrapolation_mode"] = "what is counted",
        ["sentry.snubaquery.group_by"] = "what is counted",
        ["sentry.snubaquery.query_snapshot"] = "a note",
        ["sentry.user.email_unique"] = "the address itself stays",
        ["workflow_engine.detector.owner_team"] = "renamed",
        ["workflow_engine.detector.owner_team_id"] = "renamed",
        ["workflow_engine.workflow.owner_team"] = "renamed",
        ["workflow_engine.workflow.owner_team_id"] = "renamed",
    };

    private static readonly string[] Versions = [.. SentryModel.Versions.Where(CatalogueReader.IsAfterHead), SentryModel.Head];

    [Fact]
    public void Every_field_that_only_some_versions_have_has_a_rule_or_gives_nobody_more()
    {
        var ruled = Narrowing.All.Concat(Narrowing.Absent).Select(narrowing => $"{narrowing.Model}.{narrowing.Field}");

        var differing = Differing();

        Assert.Empty(differing.Except(Harmless.Keys).Except(ruled));
        Assert.Empty(Harmless.Keys.Concat(ruled).Except(differing));
        Assert.Empty(Harmless.Keys.Intersect(ruled));
    }

    /// <summary>What is declared is declared of every field and model: none is left to be found as unknown.</summary>
    [Fact]
    public void Every_model_and_field_that_only_some_versions_have_is_declared()
    {
        foreach (var version in Versions.Append("24.8.0"))
        {
            var model = SentryModel.Create(SqliteEngine.Instance, version);
            model = model.DroppedLabels.Count > 0 ? model : model.WithRules(VersionRules.Of(model));
            foreach (var (label, fields) in Versions.SelectMany(other => CatalogueReader.Read(other).Models))
            {
                var found = model.Find(ModelLabel.Parse(label));
                Assert.True(found is not null || model.DroppedLabels.Contains(ModelLabel.Parse(label)), $"{version} does not know {label}.");
                Assert.All(fields.Fields.Keys, field => Assert.True(
                    found is null || found.Fields.Any(known => known.Name == field || known.FormerNames.Contains(field)) || found.DroppedFields.Contains(field),
                    $"{version} does not know {label}.{field}."));
            }
        }
    }

    /// <summary>Fields that one version of a model has and another does not; a renamed model is one.</summary>
    private static List<string> Differing()
    {
        var fields = Versions.Select(version => CatalogueReader.Read(version).Models
            .ToDictionary(model => Now(model.Key), model => model.Value.Fields.Keys.ToHashSet(StringComparer.Ordinal))).ToList();
        return
        [
            .. fields.SelectMany(models => models).GroupBy(model => model.Key, model => model.Value)
                .SelectMany(model => model.SelectMany(names => names).Distinct().Where(name => model.Any(names => !names.Contains(name))).Select(name => $"{model.Key}.{name}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Now(string label) => SentryModel.Create(SqliteEngine.Instance, "26.2").Find(ModelLabel.Parse(label))?.Label.Value ?? label;
}

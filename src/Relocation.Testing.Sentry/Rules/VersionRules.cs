namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// What other versions call otherwise or do not have, as declared rules (docs/sentry-versions.md). Which of them apply to a version follows
/// from what its models are.
/// </summary>
internal static class VersionRules
{
    /// <summary>Labels that changed, older ones first; imports follow them both ways.</summary>
    private static readonly (string Rule, string Older, string Newer)[] Renamed =
    [
        ("R-1", "sentry.monitor", "monitors.monitor"),
        ("R-2", "sentry.notificationaction", "notifications.notificationaction"),
        ("R-3", "sentry.notificationactionproject", "notifications.notificationactionproject"),
        ("R-4", "workflow_engine.alertruletriggerdatacondition", "workflow_engine.dataconditionalertruletrigger"),
        ("R-5", "insights.insightsstarredtransaction", "insights.insightsstarredsegment"),
    ];

    /// <summary>Fields that changed their names, older ones first.</summary>
    private static readonly (string Rule, string Model, string Older, string Newer)[] RenamedFields =
    [
        ("R-4", "workflow_engine.dataconditionalertruletrigger", "alert_rule_trigger", "alert_rule_trigger_id"),
        ("R-5", "insights.insightsstarredsegment", "transaction_name", "segment_name"),
        ("0110", "workflow_engine.detector", "owner_team", "owner_team_id"),
        ("0110", "workflow_engine.workflow", "owner_team", "owner_team_id"),
    ];

    /// <summary>Fields that some versions have and others do not, without a loss or with one that <see cref="VersionLoss"/> counts.</summary>
    private static readonly (string Rule, string Model, string[] Fields)[] Fields =
    [
        ("23.9", "sentry.team", ["actor", "org_role"]), ("24.5", "sentry.rule", [FormerOwners.Owner]), ("24.5", "sentry.alertrule", [FormerOwners.Owner]),
        ("F-1", "sentry.alertrule", ["include_all_projects"]), ("F-3", "sentry.incident", ["activation"]),
        ("F-5, F-6, F-7", "monitors.monitor", ["type", "is_muted", "is_upserting"]), ("F-7", "sentry.monitor", ["is_upserting"]),
        ("V-1", "sentry.groupsearchview", ["position"]),
        ("V-2", "sentry.groupsearchview", ["visibility", "is_all_projects", "environments", "time_filters"]),
        ("F-8", "sentry.dashboard", ["prebuilt_id"]), ("F-10", "sentry.dashboardwidget", ["widget_snapshot", "changed_reason"]),
        ("F-10", "sentry.dashboardwidgetquery", ["selected_aggregate"]), ("F-12", "sentry.user", ["email_unique"]),
        ("F-15", "sentry.project", ["external_id"]), ("1040", "sentry.project", ["template"]),
        ("F-18", "sentry.apiapplication", ["scopes", "requires_org_level_access", "version"]),
        ("F-20", "sentry.apitoken", ["scoping_organization_id"]), ("F-20", "sentry.apiauthorization", ["organization_id"]),
        ("F-20, F-21", "sentry.apigrant", ["organization_id", "code_challenge", "code_challenge_method"]),
        ("F-23", "sentry.snubaquery", ["group_by", "extrapolation_mode", "query_snapshot"]), ("F-24", "sentry.integration", ["debug_data"]),
        ("1021", "sentry.repositorysettings", ["date_added", "date_updated"]), ("1045", "sentry.dashboardfavoriteuser", ["favorited"]),
        ("1075", "sentry.user", ["is_suspended"]), ("1077", "sentry.sentryapp", ["is_disabled"]),
    ];

    /// <summary>Models that some versions have and others do not; actors are of 24.4 and before.</summary>
    private static readonly string[] Models = ["sentry.actor", .. VersionLoss.Models.Select(model => model.Label)];

    /// <summary>The rules that a version needs to take backups of all others.</summary>
    internal static IReadOnlyList<BackupRule> Of(RelocationModel model)
    {
        var names = Renamed.Where(renamed => Has(renamed.Newer) != Has(renamed.Older))
            .Select(renamed => Has(renamed.Newer) ? (Former: renamed.Older, Label: renamed.Newer) : (Former: renamed.Newer, Label: renamed.Older)).ToList();
        var former = names.Select(name => name.Former).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. names.Select(name => BackupRule.ModelRenamed(name.Former, name.Label)),
            .. RenamedFields.Where(field => Entity(field.Model) is not null && HasField(field.Model, field.Older) != HasField(field.Model, field.Newer))
                .Select(field => HasField(field.Model, field.Newer)
                    ? BackupRule.FieldRenamed(field.Model, field.Older, field.Newer)
                    : BackupRule.FieldRenamed(field.Model, field.Newer, field.Older)),
            .. Fields.Where(fields => Entity(fields.Model) is not null)
                .SelectMany(fields => fields.Fields.Where(field => !HasField(fields.Model, field)).Select(field => BackupRule.FieldDropped(fields.Model, field))),
            .. Models.Where(label => !Has(label) && !former.Contains(label)).Select(BackupRule.ModelDropped),
        ];

        bool Has(string label) => Entity(label) is not null;

        bool HasField(string label, string field) => Entity(label)?.Has(field) == true;

        RelocationEntity? Entity(string label) => model.FindOwn(ModelLabel.Parse(label));
    }
}

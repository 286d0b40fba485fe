using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>Values that have no place in versions without the field: what is lost becomes a finding (docs/sentry-versions.md).</summary>
/// <param name="Rule">The rule's number.</param>
/// <param name="Label">The model.</param>
/// <param name="Field">The field.</param>
/// <param name="IsLost">Whether the value says something that is lost.</param>
internal sealed record VersionLoss(string Rule, string Label, string Field, Func<JsonElement, bool> IsLost)
{
    /// <summary>Values that mean nothing where the field is new.</summary>
    internal static IReadOnlyList<VersionLoss> Values { get; } =
    [
        new("F-1", "sentry.alertrule", "include_all_projects", IsTrue),
        new("F-6", "monitors.monitor", "is_muted", IsTrue),
        new("F-6", "sentry.monitor", "is_muted", IsTrue),
        new("F-10", "sentry.dashboardwidget", "widget_snapshot", IsSet),
        new("F-10", "sentry.dashboardwidget", "changed_reason", IsSet),
        new("F-10", "sentry.dashboardwidgetquery", "selected_aggregate", IsSet),
        new("F-12", "sentry.user", "email_unique", IsSet),
        new("F-15", "sentry.project", "external_id", IsSet),
        new("1040", "sentry.project", "template", IsSet),
        new("F-18", "sentry.apiapplication", "scopes", HasItems),
        new("F-18", "sentry.apiapplication", "requires_org_level_access", IsTrue),
        new("F-18", "sentry.apiapplication", "version", IsNotZero),
        new("F-23", "sentry.snubaquery", "group_by", HasItems),
        new("F-23", "sentry.snubaquery", "extrapolation_mode", IsNotZero),
        new("F-23", "sentry.snubaquery", "query_snapshot", IsSet),
        new("F-24", "sentry.integration", "debug_data", HasItems),
        new("V-2", "sentry.groupsearchview", "is_all_projects", IsTrue),
        new("V-2", "sentry.groupsearchview", "environments", HasItems),
        new("V-2", "sentry.groupsearchview", "time_filters", HasItems),
    ];

    /// <summary>Models that some versions do not have: their records are left out there.</summary>
    internal static IReadOnlyList<(string Rule, string Label)> Models { get; } =
    [
        ("M-1", "sentry.alertruleactivationcondition"), ("M-2", "sentry.alertruleexcludedprojects"), ("M-3", "sentry.alertruletriggerexclusion"),
        ("M-4", "sentry.datasecrecywaiver"), ("M-5", "sentry.incidentsnapshot"), ("M-6", "sentry.incidentsubscription"),
        ("M-7", "sentry.pendingincidentsnapshot"), ("M-8", "sentry.projectintegration"), ("M-9", "sentry.spanattributeextractionrulecondition"),
        ("M-10", "sentry.spanattributeextractionruleconfig"), ("M-11", "sentry.timeseriessnapshot"),
        .. new[]
        {
            "explore.exploresavedquery", "explore.exploresavedquerylastvisited", "explore.exploresavedqueryproject", "explore.exploresavedquerystarred",
            "insights.insightsstarredsegment", "replays.organizationmemberreplayaccess", "sentry.apidevicecode", "sentry.dashboardfavoriteuser",
            "sentry.dashboardfieldlink", "sentry.dashboardlastvisited", "sentry.dashboardpermissions", "sentry.dashboardpermissionsteam",
            "sentry.dataforwarder", "sentry.dataforwarderproject", "sentry.groupsearchviewlastvisited", "sentry.groupsearchviewproject",
            "sentry.organizationmemberinvite", "sentry.projectsdk", "sentry.repositorysettings", "workflow_engine.alertruledetector",
            "workflow_engine.alertruleworkflow", "workflow_engine.datacondition", "workflow_engine.dataconditionalertruletrigger",
            "workflow_engine.dataconditiongroup", "workflow_engine.datasource", "workflow_engine.datasourcedetector", "workflow_engine.detector",
            "workflow_engine.detectorworkflow", "workflow_engine.workflow", "workflow_engine.workflowdataconditiongroup",
        }.Select(label => ("A-1", label)),
        ("V-1", "sentry.groupsearchviewstarred"),
        ("1040", "sentry.projecttemplate"), ("1040", "sentry.projecttemplateoption"), ("1063", "sentry.customdynamicsamplingrule"),
        ("1063", "sentry.customdynamicsamplingruleproject"), ("1074", "sentry.dashboardtombstone"), ("1081", "sentry.neglectedrule"),
        ("1087", "sentry.projectrepository"), ("1090", "sentry.incidenttrigger"), ("1101", "sentry.email"), ("1042", "sentry.codereviewevent"),
        ("1067", "sentry.dashboardrevision"),
    ];

    /// <summary>Models whose records are made anew, or moved, so that nothing is lost without them.</summary>
    internal static IReadOnlySet<string> Lossless { get; } = new HashSet<string>(StringComparer.Ordinal) { "sentry.email", "sentry.groupsearchviewstarred" };

    private static bool IsSet(JsonElement value) => value.ValueKind != JsonValueKind.Null;

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True;

    private static bool IsNotZero(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.GetDouble() != 0;

    /// <summary>A list or an object that holds something, as itself or as text.</summary>
    private static bool HasItems(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        JsonValueKind.String => value.GetString() is { Length: > 0 } text && text is not ("[]" or "{}"),
        _ => false,
    };
}

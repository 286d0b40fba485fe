namespace Relocation.Testing.Sentry.Rules;

/// <summary>The models that rules know by name.</summary>
internal static class Labels
{
    internal static readonly ModelLabel AlertRuleDetector = ModelLabel.Parse("workflow_engine.alertruledetector");
    internal static readonly ModelLabel AlertRuleWorkflow = ModelLabel.Parse("workflow_engine.alertruleworkflow");
    internal static readonly ModelLabel ApiApplication = ModelLabel.Parse("sentry.apiapplication");
    internal static readonly ModelLabel DashboardWidget = ModelLabel.Parse("sentry.dashboardwidget");
    internal static readonly ModelLabel GroupSearchView = ModelLabel.Parse("sentry.groupsearchview");
    internal static readonly ModelLabel GroupSearchViewStarred = ModelLabel.Parse("sentry.groupsearchviewstarred");
    internal static readonly ModelLabel AlertRule = ModelLabel.Parse("sentry.alertrule");
    internal static readonly ModelLabel ApiToken = ModelLabel.Parse("sentry.apitoken");
    internal static readonly ModelLabel DataSource = ModelLabel.Parse("workflow_engine.datasource");
    internal static readonly ModelLabel Detector = ModelLabel.Parse("workflow_engine.detector");
    internal static readonly ModelLabel Workflow = ModelLabel.Parse("workflow_engine.workflow");
    internal static readonly ModelLabel ControlImportChunk = ModelLabel.Parse("sentry.controlimportchunk");
    internal static readonly ModelLabel ControlImportChunkReplica = ModelLabel.Parse("sentry.controlimportchunkreplica");
    internal static readonly ModelLabel ControlOption = ModelLabel.Parse("sentry.controloption");
    internal static readonly ModelLabel Email = ModelLabel.Parse("sentry.email");
    internal static readonly ModelLabel Identity = ModelLabel.Parse("sentry.identity");
    internal static readonly ModelLabel Incident = ModelLabel.Parse("sentry.incident");
    internal static readonly ModelLabel IncidentActivity = ModelLabel.Parse("sentry.incidentactivity");
    internal static readonly ModelLabel IncidentSnapshot = ModelLabel.Parse("sentry.incidentsnapshot");
    internal static readonly ModelLabel LostPasswordHash = ModelLabel.Parse("sentry.lostpasswordhash");
    internal static readonly ModelLabel FormerMonitor = ModelLabel.Parse("sentry.monitor");
    internal static readonly ModelLabel Monitor = ModelLabel.Parse("monitors.monitor");
    internal static readonly ModelLabel Option = ModelLabel.Parse("sentry.option");
    internal static readonly ModelLabel Organization = ModelLabel.Parse("sentry.organization");
    internal static readonly ModelLabel OrganizationIntegration = ModelLabel.Parse("sentry.organizationintegration");
    internal static readonly ModelLabel OrganizationMapping = ModelLabel.Parse("sentry.organizationmapping");
    internal static readonly ModelLabel OrganizationMember = ModelLabel.Parse("sentry.organizationmember");
    internal static readonly ModelLabel OrganizationMemberInvite = ModelLabel.Parse("sentry.organizationmemberinvite");
    internal static readonly ModelLabel OrganizationMemberMapping = ModelLabel.Parse("sentry.organizationmembermapping");
    internal static readonly ModelLabel OrganizationSlugReservation = ModelLabel.Parse("sentry.organizationslugreservation");
    internal static readonly ModelLabel OrgAuthToken = ModelLabel.Parse("sentry.orgauthtoken");
    internal static readonly ModelLabel Project = ModelLabel.Parse("sentry.project");
    internal static readonly ModelLabel ProjectKey = ModelLabel.Parse("sentry.projectkey");
    internal static readonly ModelLabel ProjectOption = ModelLabel.Parse("sentry.projectoption");
    internal static readonly ModelLabel QuerySubscription = ModelLabel.Parse("sentry.querysubscription");
    internal static readonly ModelLabel RegionImportChunk = ModelLabel.Parse("sentry.regionimportchunk");
    internal static readonly ModelLabel Relay = ModelLabel.Parse("sentry.relay");
    internal static readonly ModelLabel RelayUsage = ModelLabel.Parse("sentry.relayusage");
    internal static readonly ModelLabel Rule = ModelLabel.Parse("sentry.rule");
    internal static readonly ModelLabel SavedSearch = ModelLabel.Parse("sentry.savedsearch");
    internal static readonly ModelLabel ServiceHook = ModelLabel.Parse("sentry.servicehook");
    internal static readonly ModelLabel SnubaQuery = ModelLabel.Parse("sentry.snubaquery");
    internal static readonly ModelLabel Team = ModelLabel.Parse("sentry.team");
    internal static readonly ModelLabel TimeSeriesSnapshot = ModelLabel.Parse("sentry.timeseriessnapshot");
    internal static readonly ModelLabel User = ModelLabel.Parse("sentry.user");
    internal static readonly ModelLabel UserEmail = ModelLabel.Parse("sentry.useremail");
    internal static readonly ModelLabel UserIp = ModelLabel.Parse("sentry.userip");
    internal static readonly ModelLabel UserOption = ModelLabel.Parse("sentry.useroption");
    internal static readonly ModelLabel UserPermission = ModelLabel.Parse("sentry.userpermission");
    internal static readonly ModelLabel UserRoleUser = ModelLabel.Parse("sentry.userroleuser");
    internal static readonly ModelLabel UserRole = ModelLabel.Parse("sentry.userrole");
}

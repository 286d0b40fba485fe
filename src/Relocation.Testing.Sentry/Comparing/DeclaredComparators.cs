using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Comparing;

/// <summary>The comparators that Sentry declares model by model (docs/sentry-import.md, section 8.3).</summary>
internal static class DeclaredComparators
{
    internal static readonly ModelLabel UserOption = ModelLabel.Parse("sentry.useroption");

    /// <summary>Global options of a user are identified by their key; those of an organization or project by their position.</summary>
    internal static readonly OrdinalRule UserOptionOrder = new(["user", "key"])
    {
        UnlessSet = ["organization", "organization_id", "project", "project_id"],
        LastWins = true,
    };

    private static readonly (string Model, string[] Fields)[] Hashes =
    [
        ("sentry.apitoken", ["refresh_token", "token"]),
        ("sentry.apiapplication", ["client_id", "client_secret"]),
        ("sentry.authidentity", ["ident", "token"]),
        ("sentry.orgauthtoken", ["token_hashed", "token_last_characters"]),
        ("sentry.organizationmember", ["token"]),
        ("sentry.organizationmemberinvite", ["token"]),
        ("sentry.projectkey", ["public_key", "secret_key"]),
        ("sentry.relay", ["relay_id", "public_key"]),
        ("sentry.relayusage", ["relay_id", "public_key"]),
        ("sentry.servicehook", ["secret"]),
    ];

    private static readonly (string Model, string[] Fields)[] Ignored =
    [
        ("sentry.apitoken", ["hashed_token", "hashed_refresh_token", "token_last_characters"]),
        ("sentry.team", ["org_role"]),
        ("sentry.user", ["last_password_change", "is_unclaimed", "is_password_expired"]),
        ("sentry.useremail", ["validation_hash", "is_verified"]),
        ("sentry.userip", ["country_code", "region_code"]),
    ];

    private static readonly (string Model, string[] Fields)[] Guids =
    [
        ("sentry.incident", ["detection_uuid"]),
        ("sentry.incidentactivity", ["notification_uuid"]),
        ("sentry.rollbackuser", ["uuid", "share_uuid"]),
        ("sentry.monitor", ["guid"]),
        ("monitors.monitor", ["guid"]),
    ];

    private static readonly string[] UpdatedModels =
    [
        "sentry.groupsearchview", "sentry.integration", "sentry.organizationintegration", "sentry.projecttemplate",
        "sentry.querysubscription", "sentry.rollbackorganization", "sentry.rollbackuser", "sentry.sentryapp",
        "sentry.sentryappinstallation", "sentry.userrole", "sentry.userroleuser",
    ];

    private static readonly string[] UpdatedAndAddedModels =
    [
        "sentry.dashboardfavoriteuser", "sentry.dashboardfieldlink", "sentry.dataforwarder", "sentry.dataforwarderproject",
        "sentry.groupsearchviewproject", "sentry.groupsearchviewstarred", "sentry.organizationmemberinvite", "sentry.projectsdk",
        "sentry.repositorysettings", "tempest.tempestcredentials", "explore.exploresavedquery", "explore.exploresavedquerystarred",
        "explore.exploresavedquerylastvisited", "insights.insightsstarredsegment", "replays.organizationmemberreplayaccess",
    ];

    private static readonly (string Model, string[] Fields)[] OtherDates =
    [
        ("sentry.dashboardlastvisited", ["last_visited", "date_updated", "date_added"]),
        ("sentry.groupsearchviewlastvisited", ["last_visited", "date_updated", "date_added"]),
        ("sentry.alertrule", ["date_modified"]),
        ("sentry.incidenttrigger", ["date_modified"]),
        ("sentry.dashboardwidgetquery", ["date_modified"]),
        ("sentry.dashboardwidgetqueryondemand", ["date_modified"]),
        ("sentry.email", ["date_added"]),
        ("sentry.user", ["last_active"]),
        ("sentry.useremail", ["date_hash_added"]),
        ("sentry.userip", ["first_seen", "last_seen"]),
    ];

    /// <summary>Adds the comparators of the models that the model set has.</summary>
    /// <param name="model">The model set.</param>
    /// <param name="map">The map to add to.</param>
    /// <param name="suffixed">Makes the comparator of names that an import may suffix.</param>
    internal static ComparatorMap Add(RelocationModel model, ComparatorMap map, Func<ModelLabel, string, RecordComparator> suffixed) =>
        All(suffixed)
            .Concat(model.Entities.Where(entity => entity.Label.App == "workflow_engine")
                .Select(entity => (entity.Label, Comparator: (RecordComparator)AddedAndUpdated())))
            .Where(entry => model.FindOwn(entry.Label) is not null)
            .Aggregate(map, (rest, entry) => rest.Plus(entry.Label, entry.Comparator));

    private static IEnumerable<(ModelLabel Label, RecordComparator Comparator)> All(Func<ModelLabel, string, RecordComparator> suffixed)
    {
        var organization = ModelLabel.Parse("sentry.organization");
        var user = ModelLabel.Parse("sentry.user");
        return Table(Hashes, fields => new HashObfuscatingComparator(fields))
            .Append(Entry("sentry.projectkey", new SecretHexComparator(16, "public_key", "secret_key")))
            .Concat(Table(OtherDates, fields => new DateUpdatedComparator(fields)))
            .Concat(UpdatedModels.Select(model => Entry(model, new DateUpdatedComparator("date_updated"))))
            .Concat(UpdatedAndAddedModels.Select(model => Entry(model, AddedAndUpdated())))
            .Concat(Table(Ignored, fields => new IgnoredComparator(fields)))
            .Concat(
            [
                Entry("sentry.apitoken", new UnorderedListComparator("scope_list")),
                (organization, suffixed(organization, "slug")),
                (user, suffixed(user, "username")),
            ])
            .Concat(Table(Guids, fields => new Uuid4Comparator(fields)))
            .Concat(
            [
                Entry("sentry.querysubscription", new SubscriptionIdComparator("subscription_id")),
                Entry("sentry.sentryapp", new EmailObfuscatingComparator("creator_label")),
                (user, new UserPasswordObfuscatingComparator()),
                (UserOption, new OptionValueComparator("value")),
                Entry("workflow_engine.datasource", new DataSourceComparator()),
            ]);
    }

    private static DateUpdatedComparator AddedAndUpdated() => new("date_updated", "date_added");

    private static IEnumerable<(ModelLabel Label, RecordComparator Comparator)> Table(
        IEnumerable<(string Model, string[] Fields)> table, Func<string[], RecordComparator> make) =>
        table.Select(row => Entry(row.Model, make(row.Fields)));

    private static (ModelLabel Label, RecordComparator Comparator) Entry(string model, RecordComparator comparator) =>
        (ModelLabel.Parse(model), comparator);
}

namespace Relocation.Testing.Sentry.Rules;

/// <summary>Another model's key within a field of JSON: a member of the object, or of each object of the list, that the field holds.</summary>
/// <param name="Model">The model that has the field.</param>
/// <param name="Field">The field.</param>
/// <param name="Member">The member that holds the key.</param>
/// <param name="Target">The model whose key it is.</param>
/// <param name="IsNullable">Whether a record can do without.</param>
internal sealed record KeysInJson(ModelLabel Model, string Field, string Member, ModelLabel Target, bool IsNullable)
{
    /// <summary>All that stand in objects.</summary>
    internal static IReadOnlyList<KeysInJson> All { get; } =
    [
        new(Labels.FormerMonitor, "config", "alert_rule_id", Labels.Rule, IsNullable: true), new(Labels.Monitor, "config", "alert_rule_id", Labels.Rule, IsNullable: true),
    ];

    /// <summary>The teams of an invitation. One into a team that is not imported could become one into another team.</summary>
    internal static KeysInJson InvitedTeams { get; } = new(Labels.OrganizationMemberInvite, "organization_member_team_data", "id", Labels.Team, IsNullable: false);

    /// <summary>Where the key is; the dot leads into the object.</summary>
    internal string Path => $"{Field}.{Member}";
}

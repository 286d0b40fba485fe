namespace Relocation.Testing.Sentry.Rules;

/// <summary>A field that holds another model's key without being a reference.</summary>
/// <param name="Model">The model that has the field.</param>
/// <param name="Field">The field.</param>
/// <param name="Target">The model whose key it holds.</param>
/// <param name="IsNullable">Whether a record can do without.</param>
internal sealed record PlainNumber(ModelLabel Model, string Field, ModelLabel Target, bool IsNullable)
{
    /// <summary>All that there are.</summary>
    internal static IReadOnlyList<PlainNumber> All { get; } =
    [
        new(Labels.FormerMonitor, "owner_team_id", Labels.Team, IsNullable: true),
        new(Labels.Monitor, "owner_team_id", Labels.Team, IsNullable: true),
        new(Labels.Detector, "owner_team_id", Labels.Team, IsNullable: true),
        new(Labels.Workflow, "owner_team_id", Labels.Team, IsNullable: true),
        new(Labels.ServiceHook, "actor_id", Labels.User, IsNullable: false),
        new(Labels.OrganizationIntegration, "default_auth_id", Labels.Identity, IsNullable: true),
    ];
}

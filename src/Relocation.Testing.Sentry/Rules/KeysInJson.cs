namespace Relocation.Testing.Sentry.Rules;

/// <summary>Another model's key within a field of JSON: a member of the object that the field holds.</summary>
/// <param name="Model">The model that has the field.</param>
/// <param name="Field">The field.</param>
/// <param name="Member">The member that holds the key.</param>
/// <param name="Target">The model whose key it is.</param>
internal sealed record KeysInJson(ModelLabel Model, string Field, string Member, ModelLabel Target)
{
    /// <summary>All that there are.</summary>
    internal static IReadOnlyList<KeysInJson> All { get; } =
    [
        new(Labels.FormerMonitor, "config", "alert_rule_id", Labels.Rule), new(Labels.Monitor, "config", "alert_rule_id", Labels.Rule),
    ];

    /// <summary>Where the key is; the dot leads into the object.</summary>
    internal string Path => $"{Field}.{Member}";
}

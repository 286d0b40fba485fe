using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// A field that takes something away from somebody: a version without it would let them do more, so its value is never dropped silently
/// (docs/sentry-versions.md).
/// </summary>
/// <param name="Rule">The rule's number.</param>
/// <param name="Model">The model.</param>
/// <param name="Field">The field.</param>
/// <param name="Narrows">Whether the value takes something away; null stands for a record without the field.</param>
/// <param name="Usual">What happens to such a record unless an option says otherwise.</param>
/// <param name="Nearest">The field of the version that comes nearest, and its value then; null where nothing does.</param>
internal sealed record Narrowing(
    string Rule, ModelLabel Model, string Field, Func<JsonElement?, bool> Narrows, WideningPolicy Usual, (string Field, object? Value)? Nearest = null)
{
    /// <summary>Fields whose loss lets somebody do more, in versions that do not have them.</summary>
    internal static IReadOnlyList<Narrowing> All { get; } =
    [
        new("1075", Labels.User, "is_suspended", IsTrue, WideningPolicy.Refuse, ("is_active", false)),
        new("1077", ModelLabel.Parse("sentry.sentryapp"), "is_disabled", IsTrue, WideningPolicy.Refuse, ("status", 0L)),
        new("F-20", Labels.ApiToken, "scoping_organization_id", IsSet, WideningPolicy.Refuse),
        new("F-20", ModelLabel.Parse("sentry.apiauthorization"), "organization_id", IsSet, WideningPolicy.Refuse),
        new("F-20", ModelLabel.Parse("sentry.apigrant"), "organization_id", IsSet, WideningPolicy.Refuse),
        new("F-21", ModelLabel.Parse("sentry.apigrant"), "code_challenge", IsSet, WideningPolicy.LeaveOut),
        new("F-21", ModelLabel.Parse("sentry.apigrant"), "code_challenge_method", IsSet, WideningPolicy.LeaveOut),
        new("1045", ModelLabel.Parse("sentry.dashboardfavoriteuser"), "favorited", value => value is { ValueKind: JsonValueKind.False }, WideningPolicy.LeaveOut),
    ];

    /// <summary>
    /// Fields that versions before did not have, where every record was as narrow as can be: a view was its user's alone, and one without the field
    /// would be the organization's.
    /// </summary>
    internal static IReadOnlyList<Narrowing> Absent { get; } =
    [
        new("V-2", Labels.GroupSearchView, "visibility", value => value is null, WideningPolicy.LeaveOut, ("visibility", "organization")),
    ];

    /// <summary>Those that matter to a version.</summary>
    internal static IEnumerable<Narrowing> Of(RelocationModel model) =>
        All.Where(narrowing => model.Find(narrowing.Model) is { } entity && !entity.Has(narrowing.Field))
            .Concat(Absent.Where(narrowing => model.Find(narrowing.Model)?.Has(narrowing.Field) == true));

    private static bool IsTrue(JsonElement? value) => value is { ValueKind: JsonValueKind.True };

    private static bool IsSet(JsonElement? value) => value is { ValueKind: not JsonValueKind.Null } set && !(set.ValueKind == JsonValueKind.String && set.GetString()!.Length == 0);
}

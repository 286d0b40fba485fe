namespace Relocation.Testing.Sentry.Rules;

/// <summary>A field that some versions may leave empty and others may not.</summary>
/// <param name="Rule">The rule's number.</param>
/// <param name="Model">The model.</param>
/// <param name="Field">The field.</param>
/// <param name="Fills">What it takes.</param>
/// <param name="Value">The value, where that is always the same.</param>
/// <param name="IsAbsentToo">Whether a record without the field takes it as well, as the version has no default.</param>
internal sealed record MissingValue(string Rule, ModelLabel Model, string Field, MissingValue.Filling Fills, object? Value = null, bool IsAbsentToo = false)
{
    /// <summary>What a field without a value takes.</summary>
    internal enum Filling
    {
        /// <summary>Nothing fits: the record is left out.</summary>
        Nothing,

        /// <summary>Always the same value.</summary>
        Value,

        /// <summary>A secret that is made.</summary>
        Secret,
    }

    /// <summary>All that there are.</summary>
    internal static IReadOnlyList<MissingValue> All { get; } =
    [
        new("F-2", Labels.AlertRule, "organization", Filling.Nothing),
        new("F-2", Labels.AlertRule, "snuba_query", Filling.Nothing),
        new("F-2", Labels.QuerySubscription, "snuba_query", Filling.Nothing),
        new("F-8", ModelLabel.Parse("sentry.dashboard"), "created_by_id", Filling.Nothing),
        new("F-13", Labels.User, "flags", Filling.Value, 0L),
        new("F-13", Labels.Project, "flags", Filling.Value, 0L),
        new("F-13", Labels.SavedSearch, "type", Filling.Value, 0L),
        new("F-19", Labels.ApiApplication, "client_secret", Filling.Secret),
        new("F-28", ModelLabel.Parse("sentry.sentryappcomponent"), "schema", Filling.Value, "{}", IsAbsentToo: true),
        .. new[] { "controloption", "option", "organizationoption", "projectoption", "projecttemplateoption", "useroption" }
            .Select(model => new MissingValue("F-27", ModelLabel.Parse($"sentry.{model}"), "value", Filling.Nothing)),
    ];
}

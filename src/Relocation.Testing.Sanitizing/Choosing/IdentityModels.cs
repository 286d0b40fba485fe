namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>The models of ASP.NET Core Identity, whose fields say little by their names: claims, logins and tokens of users.</summary>
internal static class IdentityModels
{
    private const string Because = "it is a field of ASP.NET Core Identity";

    /// <summary>The rule of a field, or null when it is none of those models'.</summary>
    internal static SanitizeRule? RuleOf(RelocationEntity rows, RelocationField field) => field.Name switch
    {
        // What another service calls the user.
        "provider_key" when IsLogin(rows) => SanitizeRule.Text.Because(Because),

        // Names of services and of claims are the application's own words, which it asks for.
        "login_provider" or "provider_display_name" when IsLogin(rows) => SanitizeRule.Keep.Because(Because),
        "login_provider" or "name" when IsToken(rows) => SanitizeRule.Keep.Because(Because),
        "value" when IsToken(rows) => SanitizeRule.Text.Because(Because),
        "claim_type" when IsClaim(rows) => SanitizeRule.Keep.Because(Because),
        "claim_value" when IsClaim(rows) => SanitizeRule.Text.Because(Because),
        _ => null,
    };

    private static bool IsLogin(RelocationEntity rows) => Has(rows, "login_provider") && Has(rows, "provider_key");

    private static bool IsToken(RelocationEntity rows) => Has(rows, "login_provider") && Has(rows, "user_id") && Has(rows, "name") && Has(rows, "value");

    /// <summary>Claims of users; those of roles are the application's own.</summary>
    private static bool IsClaim(RelocationEntity rows) => Has(rows, "claim_type") && Has(rows, "claim_value") && Has(rows, "user_id");

    private static bool Has(RelocationEntity rows, string field) => rows.FindField(field) is not null;
}

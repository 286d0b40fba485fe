namespace Relocation.Testing.Sanitizing;

/// <summary>Which rule a field gets when nobody says so (import specification, section 9.3).</summary>
internal static class DefaultSanitizing
{
    private static readonly string[] SecretWords = ["password", "token", "secret"];

    internal static SanitizeRule? RuleOf(RelocationEntity entity, RelocationField field)
    {
        // What a model declares holds for keys and references, too; what is guessed does not.
        if (field.Sanitizing is { } declared)
        {
            return declared == SanitizeKind.Slug ? SlugRule(entity, field) : SanitizeRule.Of(declared);
        }

        if (!field.IsInBackup || entity.PositionInKey(field.Name) >= 0 || entity.References.Any(reference => reference.Fields.Contains(field.Name)))
        {
            return null;
        }

        return field.Type switch
        {
            FieldType.Instant or FieldType.DateTime or FieldType.Date => SanitizeRule.Date,
            FieldType.Guid => SanitizeRule.Uuid,
            FieldType.Text => OfText(entity, field, field.Name[(field.Name.LastIndexOf('.') + 1)..]),
            _ => null,
        };
    }

    /// <summary>The rule of a member that no model knows: what its name alone tells.</summary>
    internal static SanitizeRule? RuleOf(string name) =>
        IsSecret(name) ? SanitizeRule.Text : IsEmail(name) ? SanitizeRule.Email : null;

    private static SanitizeRule? OfText(RelocationEntity entity, RelocationField field, string name) => name switch
    {
        "name" => SanitizeRule.Name,
        "slug" when NameBeside(entity, field) is { } beside => SanitizeRule.SlugOf(beside),
        _ when IsEmail(name) => SanitizeRule.Email,
        _ when field.StoreType == "inet" || name is "ip" or "ip_address" || name.EndsWith("_ip", StringComparison.Ordinal) => SanitizeRule.IpAddress,
        _ when name.EndsWith("url", StringComparison.Ordinal) || name.EndsWith("uri", StringComparison.Ordinal) => SanitizeRule.Url,
        _ when name.EndsWith("guid", StringComparison.Ordinal) || name.EndsWith("uuid", StringComparison.Ordinal) => SanitizeRule.Uuid,
        _ when IsSecret(name) => SanitizeRule.Text,
        _ => null,
    };

    private static SanitizeRule SlugRule(RelocationEntity entity, RelocationField field) =>
        NameBeside(entity, field) is { } name ? SanitizeRule.SlugOf(name) : SanitizeRule.Text;

    private static string? NameBeside(RelocationEntity entity, RelocationField field)
    {
        var name = field.Name[..(field.Name.LastIndexOf('.') + 1)] + "name";
        return entity.Fields.Any(other => other.Name == name) ? name : null;
    }

    private static bool IsEmail(string name) => name is "email" or "e_mail" || name.EndsWith("_email", StringComparison.Ordinal);

    private static bool IsSecret(string name) => Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}

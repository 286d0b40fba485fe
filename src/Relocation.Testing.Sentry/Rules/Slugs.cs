using System.Buffers;
using System.Globalization;
using System.Text;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>The form of slugs.</summary>
internal static class Slugs
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("-0123456789_abcdefghijklmnopqrstuvwxyz");

    /// <summary>Slugs that an organization may not have, since they are part of the application's own addresses.</summary>
    internal static IReadOnlySet<string> ReservedForOrganizations { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "about", "account", "accounts", "admin", "api", "apps", "auth", "blog", "contact", "demo", "docs", "extensions", "help", "login",
        "logout", "manage", "oauth", "organizations", "plans", "pricing", "privacy", "projects", "register", "remote", "security", "sentry",
        "settings", "share", "signup", "static", "status", "support", "teams", "terms", "user", "users", "welcome", "www",
    };

    /// <summary>Slugs that a project or team may not have.</summary>
    internal static IReadOnlySet<string> ReservedForProjects { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "api-keys", "audit-log", "auth", "members", "new", "projects", "rate-limits", "repos", "settings", "stats", "teams",
    };

    /// <summary>What an organization's slug becomes before it is made unique: its own, or its name when it has none.</summary>
    internal static string OfOrganization(string? slug, string? name, int longest) =>
        Of((string.IsNullOrWhiteSpace(slug) ? name ?? string.Empty : slug).Replace('_', '-'), longest);

    /// <summary>
    /// What a project's or team's slug becomes before it is made unique: its own if it is valid, else one made from it or from the name.
    /// </summary>
    internal static string OfMember(string? slug, string? name, int longest) =>
        string.IsNullOrWhiteSpace(slug) ? Of(name ?? string.Empty, longest)
        : slug.AsSpan().ContainsAnyExcept(Characters) ? Of(slug, longest)
        : slug;

    /// <summary>Text as a slug: ASCII, lower case, other characters gone, spaces and dashes as single dashes, cut to a length.</summary>
    private static string Of(string text, int longest)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAsciiLetterOrDigit(character) || character == '_')
            {
                slug.Append(char.ToLower(character, CultureInfo.InvariantCulture));
            }
            else if ((character == '-' || char.IsWhiteSpace(character)) && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var trimmed = slug.ToString().Trim('-', '_');
        return trimmed.Length > longest ? trimmed[..longest].TrimEnd('-', '_') : trimmed;
    }
}

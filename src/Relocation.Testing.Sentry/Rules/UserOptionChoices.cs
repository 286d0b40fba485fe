using System.Collections.Frozen;
using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>The user options whose values Sentry checks, and their choices (docs/sentry-import.md, section 6.1).</summary>
internal sealed class UserOptionChoices
{
    private static readonly FrozenSet<string> Languages = new[]
    {
        "af", "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gl", "he", "hi", "hu", "id", "it", "ja", "ko",
        "lt", "lv", "pl", "pt", "pt-br", "ro", "ru", "sk", "sl", "sv-se", "th", "tr", "uk", "vi", "zh-cn", "zh-tw",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Themes = new[] { "dark", "light", "system" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Most users are in one of a few zones.</summary>
    private readonly Dictionary<string, bool> _zones = new(StringComparer.Ordinal);

    /// <summary>The problem with an option's value, or null.</summary>
    /// <param name="key">The option.</param>
    /// <param name="json">Its value as JSON, or null for none, which none of these options takes.</param>
    internal string? WrongWith(string key, string? json) => key switch
    {
        "timezone" => IsZone(json) ? null : Errors.NoTimeZone(),
        "language" => Languages.Contains(TextOf(json)) ? null : Errors.NoLanguage(),
        "theme" => Themes.Contains(TextOf(json)) ? null : Errors.NoTheme(),
        _ => null,
    };

    private bool IsZone(string? json)
    {
        if (json is null)
        {
            return false;
        }

        if (!_zones.TryGetValue(json, out var isZone))
        {
            isZone = TextOf(json) is { Length: > 0 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
            _zones.Add(json, isZone);
        }

        return isZone;
    }

    /// <summary>The text that a JSON value is; empty when it is none.</summary>
    private static string TextOf(string? json)
    {
        if (json is null)
        {
            return string.Empty;
        }

        using var value = JsonDocument.Parse(json);
        return value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString()! : string.Empty;
    }
}

using System.Text.RegularExpressions;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>The beginning of a statement that a session runs, for messages: enough to find it, and none of its values.</summary>
internal static partial class StatementText
{
    private const int Longest = 100;

    /// <summary>
    /// Up to the first text, dollar quote or comment, since nobody can be sure where these end: the server cuts long statements off. Numbers are
    /// left out as well.
    /// </summary>
    internal static string Shown(string? statement)
    {
        var plain = Blanks().Replace(LeadingComments().Replace(statement ?? string.Empty, string.Empty), " ").Trim();
        var end = FirstText().Match(plain) is { Success: true } text ? text.Index : plain.Length;
        var shown = Numbers().Replace(plain[..end], "?").TrimEnd();
        return shown.Length > Longest ? $"{shown[..Longest].TrimEnd()}…" : end < plain.Length ? $"{shown}…" : shown;
    }

    /// <summary>What EF Core's tags put before a query, a line each.</summary>
    [GeneratedRegex(@"\A(\s*--[^\n]*(\n|\z))*", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingComments();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\w*'|\$(?!\d)|--|/\*", RegexOptions.CultureInvariant)]
    private static partial Regex FirstText();

    [GeneratedRegex(@"(?<![\w""$])\d[\w.]*", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}

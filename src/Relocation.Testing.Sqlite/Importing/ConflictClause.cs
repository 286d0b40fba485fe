using System.Text.RegularExpressions;

namespace Relocation.Testing.Importing;

/// <summary>Finds the clause of a constraint after which SQLite drops or replaces rows instead of refusing one.</summary>
internal static partial class ConflictClause
{
    /// <summary>The first such clause of a table's definition, or null.</summary>
    internal static string? Find(string createStatement) =>
        Clause().Match(NoCode().Replace(createStatement, " ")) is { Success: true } clause
            ? $"ON CONFLICT {clause.Groups[1].Value.ToUpperInvariant()}"
            : null;

    /// <summary>Texts, quoted names and comments.</summary>
    [GeneratedRegex("""'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?(?:\*/|$)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex NoCode();

    [GeneratedRegex(@"\bON\s+CONFLICT\s+(REPLACE|IGNORE)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Clause();
}

using System.Text.RegularExpressions;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>Reads which module a virtual table is of, which no pragma tells.</summary>
internal static partial class SqliteVirtualTable
{
    /// <summary>The module's name in lower case, or an empty text when the statement is of an unknown form.</summary>
    internal static string Module(string createStatement) =>
        Statement().Match(createStatement).Groups["module"].Value.ToLowerInvariant();

    [GeneratedRegex(
        """^\s*CREATE\s+VIRTUAL\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|`(?:[^`]|``)*`|[^\s]+)\s*USING\s+["'`\[]?(?<module>\w+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Statement();
}

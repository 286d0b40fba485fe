using System.Text.RegularExpressions;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>Reads the module of a virtual table, for which there is no pragma.</summary>
internal static partial class SqliteVirtualTable
{
    /// <summary>The module's name in lower case, or empty if the statement has an unknown form.</summary>
    internal static string Module(string createStatement) =>
        Statement().Match(createStatement).Groups["module"].Value.ToLowerInvariant();

    [GeneratedRegex(
        """^\s*CREATE\s+VIRTUAL\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|`(?:[^`]|``)*`|[^\s]+)\s*USING\s+["'`\[]?(?<module>\w+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Statement();
}

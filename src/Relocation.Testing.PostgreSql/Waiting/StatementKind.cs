using System.Text.RegularExpressions;
using Relocation.Testing.Texts;

namespace Relocation.Testing.PostgreSql.Waiting;

/// <summary>Describes another session's statement without values: its first word, and the first table that it names.</summary>
internal static partial class StatementKind
{
    private const int Longest = 80;

    /// <summary><c>UPDATE on "Customers"</c>; null if the text does not begin with a word.</summary>
    /// <param name="sql">The statement, perhaps cut off.</param>
    internal static string? Of(string sql)
    {
        var bare = Values().Replace(sql, " ");
        if (FirstWord().Match(bare) is not { Success: true } word)
        {
            return null;
        }

        var table = Table().Match(bare);
        var kind = word.Value.Trim().ToUpperInvariant();
        return table.Success ? $"{kind} on {Shown(table.Groups["table"].Value)}" : Shown(kind);
    }

    private static string Shown(string text) => ShownText.Line(text.Length > Longest ? text[..Longest] : text);

    /// <summary>Comments and texts in quotes, also those that are cut off. A backslash in a text may hide its end, so none is trusted to be there.</summary>
    [GeneratedRegex(
        """--[^\n]*|/\*(?:.*?\*/|.*\z)|\$(?<tag>\w*)\$(?:.*?\$\k<tag>\$|.*\z)|'[^'\\]*(?:''[^'\\]*)*(?:'|\\.*\z|\z)""",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Values();

    [GeneratedRegex(@"\A[\s(;]*[A-Za-z]+\b", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();

    [GeneratedRegex(
        """\b(?:FROM|INTO|UPDATE|TABLE|COPY|TRUNCATE|LOCK|JOIN)\s+(?:(?:ONLY|TABLE|IF\s+EXISTS|IF\s+NOT\s+EXISTS)\s+)*(?<table>(?:"(?:[^"]|"")+"|[A-Za-z_]\w*)(?:\.(?:"(?:[^"]|"")+"|[A-Za-z_]\w*))?)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Table();
}

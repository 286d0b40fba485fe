namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>Reads the condition of a partial index, for which there is no pragma.</summary>
internal static class PartialIndex
{
    /// <summary>The text after the WHERE that stands outside of parentheses, names, texts and comments, or null.</summary>
    internal static string? Filter(string createStatement)
    {
        var depth = 0;
        for (var at = 0; at < createStatement.Length; at++)
        {
            switch (createStatement[at])
            {
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case '\'' or '"' or '`':
                    at = createStatement.IndexOf(createStatement[at], at + 1);
                    break;
                case '[':
                    at = createStatement.IndexOf(']', at);
                    break;
                case '-' when IsNext(createStatement, at, "--"):
                    at = createStatement.IndexOf('\n', at);
                    break;
                case '/' when IsNext(createStatement, at, "/*"):
                    at = createStatement.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var end ? end + 1 : -1;
                    break;
                case 'w' or 'W' when depth == 0 && IsWord(createStatement, at, "WHERE"):
                    return createStatement[(at + 5)..];
            }

            if (at < 0)
            {
                return null;
            }
        }

        return null;
    }

    private static bool IsNext(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    private static bool IsWord(string text, int at, string word) =>
        string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (at == 0 || !IsLetter(text[at - 1])) && (at + word.Length == text.Length || !IsLetter(text[at + word.Length]));

    private static bool IsLetter(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$';
}

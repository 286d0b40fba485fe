using System.Text;

namespace Relocation.Testing.Sentry.Events.Spans;

/// <summary>SQL without its values, so that statements that differ only by them are the same (docs/events.md, Spans).</summary>
internal static class SqlText
{
    private const string Placeholder = "%s";

    /// <summary>
    /// A statement with <c>%s</c> for values: lists of placeholders behind IN, names of savepoints, then texts in single quotes, numbers and truth values.
    /// </summary>
    /// <returns>The statement without surrounding blanks, or null when there was nothing to replace.</returns>
    internal static string? Parametrize(string sql)
    {
        var text = new StringBuilder(sql.Length);
        var isReplaced = false;
        var at = 0;
        while (at < sql.Length)
        {
            if (TryReplace(sql, at, text, out var end))
            {
                isReplaced = true;
                at = end;
            }
            else
            {
                text.Append(sql[at++]);
            }
        }

        return isReplaced ? text.ToString().Trim() : null;
    }

    /// <summary>Replaces what stands at a place, if it is to be.</summary>
    private static bool TryReplace(string sql, int at, StringBuilder text, out int end)
    {
        var (found, replacement) = sql[at] switch
        {
            ' ' => (EndOfList(sql, at), " IN (%s)"),
            'S' or 's' => (EndOfSavepoint(sql, at), "SAVEPOINT %s"),
            '\'' => (EndOfText(sql, at), Placeholder),
            't' => (EndOfWord(sql, at, "true"), Placeholder),
            'f' => (EndOfWord(sql, at, "false"), Placeholder),
            '-' or (>= '0' and <= '9') => (EndOfNumber(sql, at), Placeholder),
            _ => (0, string.Empty),
        };
        end = found;
        if (found > 0)
        {
            text.Append(replacement);
        }

        return found > 0;
    }

    /// <summary>The end of <c> IN (...)</c> around placeholders or digits; 0 where it is something else.</summary>
    private static int EndOfList(string sql, int at)
    {
        const string Start = " IN (";
        if (!sql.AsSpan(at).StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        at += Start.Length;
        while (true)
        {
            at = SkipBlanks(sql, at);
            var item = EndOfItem(sql, at);
            if (item == at)
            {
                return 0;
            }

            at = SkipBlanks(sql, item);
            if (at >= sql.Length || sql[at] is not (',' or ')'))
            {
                return 0;
            }

            if (sql[at++] == ')')
            {
                return at;
            }
        }
    }

    /// <summary>The end of <c>%s</c>, <c>?</c>, <c>$1</c> or digits; the place itself where it is none.</summary>
    private static int EndOfItem(string sql, int at)
    {
        if (sql.AsSpan(at).StartsWith(Placeholder, StringComparison.Ordinal))
        {
            return at + Placeholder.Length;
        }

        if (at < sql.Length && sql[at] == '?')
        {
            return at + 1;
        }

        var digits = at < sql.Length && sql[at] == '$' ? at + 1 : at;
        var end = SkipDigits(sql, digits);
        return end > digits ? end : at;
    }

    private static int EndOfSavepoint(string sql, int at)
    {
        const string Start = "SAVEPOINT ";
        if (!IsWordStart(sql, at) || !sql.AsSpan(at).StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var name = at + Start.Length;
        if (name < sql.Length && sql[name] is '"' or '`' or '\'')
        {
            var quote = sql.IndexOf(sql[name], name + 1);
            return quote < 0 ? 0 : quote + 1;
        }

        var end = name;
        while (end < sql.Length && IsWord(sql[end]))
        {
            end++;
        }

        return end > name ? end : 0;
    }

    /// <summary>The end of a text in single quotes, in which a quote is written twice; 0 where it does not end.</summary>
    private static int EndOfText(string sql, int at)
    {
        for (var end = at + 1; end < sql.Length; end++)
        {
            if (sql[end] != '\'')
            {
                continue;
            }

            if (end + 1 >= sql.Length || sql[end + 1] != '\'')
            {
                return end + 1;
            }

            end++;
        }

        return 0;
    }

    private static int EndOfWord(string sql, int at, string word)
    {
        var end = at + word.Length;
        return IsWordStart(sql, at) && sql.AsSpan(at).StartsWith(word, StringComparison.Ordinal) && (end == sql.Length || !IsWord(sql[end])) ? end : 0;
    }

    /// <summary>The end of a number with sign, fraction and exponent that is a word of its own; 0 where it is none.</summary>
    private static int EndOfNumber(string sql, int at)
    {
        var digits = sql[at] == '-' ? at + 1 : at;
        if (!IsWordStart(sql, digits) || SkipDigits(sql, digits) is var end && end == digits)
        {
            return 0;
        }

        if (end + 1 < sql.Length && sql[end] == '.' && char.IsAsciiDigit(sql[end + 1]))
        {
            end = SkipDigits(sql, end + 1);
        }

        if (end < sql.Length && sql[end] is 'e' or 'E')
        {
            var exponent = end + 1 < sql.Length && sql[end + 1] is '+' or '-' ? end + 2 : end + 1;
            end = SkipDigits(sql, exponent) is var last && last > exponent ? last : end;
        }

        return end < sql.Length && IsWord(sql[end]) ? 0 : end;
    }

    private static int SkipBlanks(string sql, int at)
    {
        while (at < sql.Length && char.IsWhiteSpace(sql[at]))
        {
            at++;
        }

        return at;
    }

    private static int SkipDigits(string sql, int at)
    {
        while (at < sql.Length && char.IsAsciiDigit(sql[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsWordStart(string sql, int at) => at < sql.Length && (at == 0 || !IsWord(sql[at - 1]));

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';
}

namespace Relocation.Testing.Conditions;

/// <summary>Takes SQL apart.</summary>
internal static class SqlTokens
{
    private static readonly string[] Signs = ["::", "<=", ">=", "<>", "!=", "==", "<", ">", "=", "(", ")", "[", "]", ",", ".", "-", "+"];

    /// <summary>The pieces, or null when there is something that no condition known here has.</summary>
    internal static IReadOnlyList<SqlToken>? Read(string sql)
    {
        var tokens = new List<SqlToken>();
        var at = 0;
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at]))
            {
                at++;
            }
            else if (Next(sql, ref at) is { } token)
            {
                tokens.Add(token);
            }
            else
            {
                return null;
            }
        }

        return tokens;
    }

    private static SqlToken? Next(string sql, ref int at)
    {
        var first = sql[at];
        if (char.IsLetter(first) || first == '_')
        {
            return Span(sql, ref at, SqlTokenKind.Word, static letter => char.IsLetterOrDigit(letter) || letter is '_' or '$');
        }

        if (char.IsAsciiDigit(first))
        {
            return Span(sql, ref at, SqlTokenKind.Number, static letter => char.IsAsciiDigit(letter) || letter == '.');
        }

        switch (first)
        {
            case '\'':
                return Quoted(sql, ref at, SqlTokenKind.Text, '\'');
            case '"' or '`':
                return Quoted(sql, ref at, SqlTokenKind.Name, first);
            case '[' when at + 1 < sql.Length && (char.IsLetter(sql[at + 1]) || sql[at + 1] == '_') && !EndsWithArray(sql, at):
                return Quoted(sql, ref at, SqlTokenKind.Name, ']');
            default:
                var start = at;
                if (Signs.FirstOrDefault(sign => string.CompareOrdinal(sql, start, sign, 0, sign.Length) == 0) is not { } found)
                {
                    return null;
                }

                at += found.Length;
                return new SqlToken(SqlTokenKind.Sign, found);
        }
    }

    /// <summary>After ARRAY a bracket starts a list and not a name.</summary>
    private static bool EndsWithArray(string sql, int at) => sql.AsSpan(0, at).TrimEnd().EndsWith("ARRAY", StringComparison.OrdinalIgnoreCase);

    private static SqlToken Span(string sql, ref int at, SqlTokenKind kind, Func<char, bool> belongs)
    {
        var start = at;
        while (at < sql.Length && belongs(sql[at]))
        {
            at++;
        }

        return new SqlToken(kind, sql[start..at]);
    }

    /// <summary>Text up to a quote; two quotes stand for one.</summary>
    private static SqlToken? Quoted(string sql, ref int at, SqlTokenKind kind, char quote)
    {
        var text = new System.Text.StringBuilder();
        for (at++; at < sql.Length; at++)
        {
            if (sql[at] != quote)
            {
                text.Append(sql[at]);
            }
            else if (at + 1 < sql.Length && sql[at + 1] == quote)
            {
                text.Append(quote);
                at++;
            }
            else
            {
                at++;
                return new SqlToken(kind, text.ToString());
            }
        }

        return null;
    }
}

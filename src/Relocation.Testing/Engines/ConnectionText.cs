using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Relocation.Testing.Engines;

/// <summary>
/// Tells paths from connection strings, and reads the forms that strings have, of whatever product. A text that nobody can read may hold a
/// password at any place, so it is neither taken for a file's name nor shown.
/// </summary>
internal static partial class ConnectionText
{
    private const string NotShown = "(not shown)";

    /// <summary>What stands in front of a keyword, unless it is one of secrets, whose separator may be missing; in a path, a folder called <c>database=x</c> stands behind a slash.</summary>
    private const string Before = """(?:^|[;\s?&,"'{(])\s*""";

    private const string Keywords =
        "host|hostaddr|server|port|database|dbname|initial\\s+catalog|catalog|user|username|user\\s+name|user\\s*id|uid|"
        + "password|passwd|passphrase|pass|pwd|passfile|ssl\\s*password|sslkey|ssl\\s*mode|data\\s*source|address|addr|network\\s+address|"
        + "file\\s*name|driver|dsn|service|integrated\\s+security|trusted_connection|accountkey|accesskey|sharedaccesskey|accountendpoint|"
        + "token|access\\s*token|secret|key|hexkey|textkey|options|application\\s*name|persist\\s+security\\s+info|provider";

    /// <summary>Whether a text is a path and no form of a connection string, not even a misspelt one.</summary>
    /// <remarks>A path that looks like one otherwise is written with its folder: <c>./a=b.db</c>.</remarks>
    internal static bool IsPath(string text)
    {
        if (MayHoldSecret(text))
        {
            return false;
        }

        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            return !text.AsSpan().ContainsAny('@', ':');
        }

        return BeginsAsPath().IsMatch(text)
            || !(text.AsSpan().ContainsAny(':', ';') || FirstKeyword().IsMatch(text) || IsUserAtHost(text));
    }

    /// <summary>Whether a keyword of connection strings and an equals sign stand in a text, so that it may be several values in one.</summary>
    internal static bool HoldsKeyword(string text) => KnownKeyword().IsMatch(text);

    /// <summary>Whether a text that somebody gave in the wrong place may be a connection string, so that no message repeats it.</summary>
    internal static bool MayHoldSecret(string text) => HoldsKeyword(text) || LaterKeyword().IsMatch(text) || UserInfo().IsMatch(text)
        || text.Contains("://", StringComparison.Ordinal);

    /// <summary>A path, unless it may be more than that.</summary>
    internal static string ShownPath(string text) => IsPath(text) && !text.Any(char.IsControl) ? text : NotShown;

    /// <summary>A name of a host or database, unless it may be more than that.</summary>
    internal static string ShownName(string text) =>
        text.Contains('=', StringComparison.Ordinal) || UserInfo().IsMatch(text) || text.Any(char.IsControl) ? NotShown : text;

    /// <summary>Reads <c>keyword=value;keyword="value";...</c>; null where the text has another form.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>>? ReadPairs(string text)
    {
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = text };
            return [.. builder.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, (string)builder[key]))];
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a text of the form <c>keyword=value;...</c> has a keyword twice. Drivers take the last; but that may as well begin within a password
    /// that is not quoted, whose rest nobody may show.
    /// </summary>
    internal static bool RepeatsKeyword(string text)
    {
        var keywords = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && text[at] != ';' && (text[at] != '=' || (at + 1 < text.Length && text[at + 1] == '=')))
            {
                at += text[at] == '=' ? 2 : 1;
            }

            if (at < text.Length && text[at] == '=')
            {
                if (!keywords.Add(text[start..at].Trim()))
                {
                    return true;
                }

                at = EndOfValue(text, at + 1);
            }
        }

        return false;
    }

    /// <summary>Where the semicolon behind a value stands, which may be quoted; a quote that is doubled does not end it.</summary>
    private static int EndOfValue(string text, int start)
    {
        var at = Skip(text, start);
        if (at < text.Length && text[at] is ('"' or '\''))
        {
            var quote = text[at];
            for (at++; at < text.Length && (text[at] != quote || (at + 1 < text.Length && text[at + 1] == quote)); at++)
            {
                at += text[at] == quote ? 1 : 0;
            }
        }

        return text.IndexOf(';', Math.Min(at, text.Length)) is >= 0 and var end ? end : text.Length;
    }

    /// <summary>Reads <c>keyword=value keyword='value' ...</c>, as libpq does; null where the text has another form.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>>? ReadWords(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        for (var at = Skip(text, 0); at < text.Length; at = Skip(text, at))
        {
            var start = at;
            while (at < text.Length && text[at] != '=' && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            var keyword = text[start..at];
            at = Skip(text, at);
            if (keyword.Length == 0 || at == text.Length || text[at] != '=')
            {
                return null;
            }

            at = Skip(text, at + 1);
            if (!TryReadWord(text, ref at, out var value))
            {
                return null;
            }

            pairs.Add(KeyValuePair.Create(keyword, value));
        }

        return pairs;
    }

    /// <summary>Decodes <c>%20</c> and the like, and refuses what is no such code.</summary>
    internal static bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = WrongCode().IsMatch(text) ? null : Uri.UnescapeDataString(text);
        return decoded is not null;
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool TryReadWord(string text, ref int at, out string value)
    {
        var read = new StringBuilder();
        var isQuoted = at < text.Length && text[at] == '\'';
        at += isQuoted ? 1 : 0;
        while (at < text.Length && !(isQuoted ? text[at] == '\'' : char.IsWhiteSpace(text[at])))
        {
            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            read.Append(text[at++]);
        }

        value = read.ToString();
        if (!isQuoted)
        {
            return true;
        }

        // Whatever follows the closing quote begins another word.
        return at++ < text.Length && (at == text.Length || char.IsWhiteSpace(text[at]));
    }

    /// <summary>A user, a password and a host, as some tools take them; or a path whose folder exists.</summary>
    private static bool IsUserAtHost(string text) =>
        text.Contains('@', StringComparison.Ordinal) && Path.GetDirectoryName(text) is { Length: > 0 } folder && !Directory.Exists(folder);

    [GeneratedRegex("(?:" + Before + "(?:" + Keywords + ")|password|passwd|passphrase|pwd|secret)\\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KnownKeyword();

    /// <summary>A keyword that nobody knows, after a separator.</summary>
    [GeneratedRegex("[;?&]\\s*[\\p{L}_][\\w .-]*=", RegexOptions.CultureInvariant)]
    private static partial Regex LaterKeyword();

    /// <summary>A keyword that nobody knows, whatever it is written with; in a path, it stands behind a folder.</summary>
    [GeneratedRegex("^[^/\\\\]*=", RegexOptions.CultureInvariant)]
    private static partial Regex FirstKeyword();

    /// <summary>A colon between user and password, and an at sign before the host; a password may hold anything. A drive has a colon too.</summary>
    [GeneratedRegex("(?<!^[A-Za-z]):.*@", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex UserInfo();

    [GeneratedRegex("^(?:\\.{0,2}[/\\\\]|[A-Za-z]:[/\\\\])", RegexOptions.CultureInvariant)]
    private static partial Regex BeginsAsPath();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})|%00", RegexOptions.CultureInvariant)]
    private static partial Regex WrongCode();
}

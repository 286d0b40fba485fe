using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>Reads a PostgreSQL connection string in any usual form: Npgsql's, libpq's, a URL, or a JDBC URL.</summary>
/// <remarks>
/// Problems are described by position and keyword and never quote the text: a password that is not quoted or encoded properly may extend
/// into whatever follows it. For the same reason, driver messages are not passed on.
/// </remarks>
internal static class PostgreSqlConnectionText
{
    private const string Jdbc = "jdbc:postgresql:";

    private const string Repeated = "It uses a keyword twice. Remove one; if one of them is part of a password, quote or encode the password.";

    private static readonly System.Buffers.SearchValues<char> OfNoHost = System.Buffers.SearchValues.Create("=;?#&\"'{}()");

    private static readonly string[] Schemes = ["postgres:", "postgresql:", Jdbc];

    /// <summary>Whether a text looks like a PostgreSQL URL, well formed or not.</summary>
    internal static bool IsUrl(string text) =>
        Array.Exists(Schemes, scheme => text.TrimStart().StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an unreadable text looks like one for PostgreSQL, so that an explanation helps.</summary>
    internal static bool IsMeant(string text) => IsUrl(text)
        || (ConnectionText.ReadPairs(text) ?? ConnectionText.ReadWords(text) ?? []).Any(pair => pair.Key is "host" or "hostaddr" or "server" or "dbname");

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="builder">What it says.</param>
    /// <param name="problem">Why it cannot be read, in sentences for the user that quote none of it.</param>
    internal static bool TryRead(
        string text, [NotNullWhen(true)] out NpgsqlConnectionStringBuilder? builder, [NotNullWhen(false)] out string? problem)
    {
        builder = new NpgsqlConnectionStringBuilder();
        problem = IsUrl(text) ? ReadUrl(text.Trim(), builder) : ReadKeywords(text, builder);
        problem ??= Implausible(builder);
        if (problem is null)
        {
            return true;
        }

        builder = null;
        return false;
    }

    private static string? ReadKeywords(string text, NpgsqlConnectionStringBuilder builder)
    {
        var pairs = ConnectionText.ReadPairs(text);
        if (ConnectionText.ReadWords(text) is { Count: > 0 } words && words.All(word => PostgreSqlKeywords.OfLibpq.ContainsKey(word.Key))
            && !(text.Contains(';', StringComparison.Ordinal) && pairs?.All(pair => builder.ContainsKey(pair.Key)) == true))
        {
            return Take(words, PostgreSqlKeywords.OfLibpq, builder);
        }

        if (pairs is not { Count: > 0 })
        {
            return "It is neither Keyword=Value;Keyword=Value, nor keyword=value keyword=value, nor a URL. "
                + "Quote values that contain a semicolon, a space or quotes.";
        }

        return ConnectionText.RepeatsKeyword(text) ? Repeated : Take(pairs, null, builder);
    }

    /// <summary>Reads <c>postgres://user:password@host:port,host:port/database?keyword=value</c>.</summary>
    private static string? ReadUrl(string text, NpgsqlConnectionStringBuilder builder)
    {
        var isJdbc = text.StartsWith(Jdbc, StringComparison.OrdinalIgnoreCase);
        var rest = text[(text.IndexOf(':', isJdbc ? "jdbc:".Length : 0) + 1)..];
        if (text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)) || text.Contains('#', StringComparison.Ordinal))
        {
            return "A URL cannot contain spaces or '#'. In a name or password, write them as %20 and %23.";
        }

        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var settings = query < 0 ? string.Empty : rest[(query + 1)..];
        rest = query < 0 ? rest : rest[..query];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            // The JDBC driver accepts a database alone, on this machine.
            if (!isJdbc)
            {
                return "Two slashes are missing after the URL's scheme.";
            }

            rest = $"//localhost/{rest}";
        }

        rest = rest[2..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var path = slash < 0 ? string.Empty : rest[(slash + 1)..];
        return ReadAuthority(authority, isJdbc, builder) ?? ReadDatabase(path.EndsWith('/') ? path[..^1] : path, builder)
            ?? ReadSettings(settings, isJdbc, builder);
    }

    private static string? ReadAuthority(string authority, bool isJdbc, NpgsqlConnectionStringBuilder builder)
    {
        var at = authority.Split('@');
        if (at.Length > 2 || (isJdbc && at.Length > 1))
        {
            return isJdbc
                ? "A JDBC URL cannot have a user and password before its host. Add them as ?user=...&password=...."
                : "The URL has more than one '@' before its path. In a user or password, write it as %40.";
        }

        if (at.Length == 2)
        {
            var user = at[0].Split(':', 2);
            if (!ConnectionText.TryDecode(user[0], out var name) || !ConnectionText.TryDecode(user.Length > 1 ? user[1] : string.Empty, out var password))
            {
                return "A '%' in the URL's user or password is not followed by two hexadecimal digits. Write the character itself as %25.";
            }

            builder.Username = name.Length > 0 ? name : null;
            builder.Password = password.Length > 0 ? password : null;
        }

        var hosts = at[^1];
        return hosts.Length == 0 ? null : ReadHosts(hosts.Split(','), builder);
    }

    private static string? ReadHosts(string[] texts, NpgsqlConnectionStringBuilder builder)
    {
        const string Wrong = "A host in the URL is neither HOST nor HOST:PORT. If it was part of a password, write its '/', ':', '?', '#' and '@' as "
            + "%2F, %3A, %3F, %23 and %40.";
        var hosts = new List<string>();
        foreach (var text in texts)
        {
            var colon = text.EndsWith(']') ? -1 : text.LastIndexOf(':');
            var (name, number) = colon < 0 ? (text, string.Empty) : (text[..colon], text[(colon + 1)..]);
            if (name.Contains(':', StringComparison.Ordinal) && !(name.StartsWith('[') && name.EndsWith(']')))
            {
                return Wrong;
            }

            var port = 0;
            if (!ConnectionText.TryDecode(name, out var host) || host.Length == 0
                || (number.Length > 0 && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)))
            {
                return Wrong;
            }

            if (texts.Length > 1)
            {
                hosts.Add(port > 0 ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : host);
                continue;
            }

            hosts.Add(host.Trim('[', ']'));
            if (port > 0)
            {
                builder.Port = port;
            }
        }

        builder.Host = string.Join(',', hosts);
        return null;
    }

    private static string? ReadDatabase(string path, NpgsqlConnectionStringBuilder builder)
    {
        if (path.AsSpan().IndexOfAny("/@:") >= 0 || !ConnectionText.TryDecode(path, out var name))
        {
            return "What follows the URL's host is not the name of a database. If it was part of a password, write its '/', ':', '?', '#' and '@' as "
                + "%2F, %3A, %3F, %23 and %40.";
        }

        if (name.Length > 0)
        {
            builder.Database = name;
        }

        return null;
    }

    private static string? ReadSettings(string settings, bool isJdbc, NpgsqlConnectionStringBuilder builder)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var setting in settings.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = setting.Split('=', 2);
            if (parts.Length < 2 || !ConnectionText.TryDecode(parts[0], out var keyword) || !ConnectionText.TryDecode(parts[1], out var value))
            {
                return $"Part {pairs.Count + 1} after the URL's '?' is not keyword=value. In a value, write '&', '=' and '%' as %26, %3D and %25.";
            }

            pairs.Add(KeyValuePair.Create(keyword, value));
        }

        return Take(pairs, isJdbc ? PostgreSqlKeywords.OfJdbc : PostgreSqlKeywords.OfLibpq, builder);
    }

    /// <summary>Applies keywords; those that are not in the table must be Npgsql's.</summary>
    private static string? Take(
        IReadOnlyList<KeyValuePair<string, string>> pairs, IReadOnlyDictionary<string, string?>? table, NpgsqlConnectionStringBuilder builder)
    {
        if (pairs.DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Count() < pairs.Count)
        {
            return Repeated;
        }

        for (var i = 0; i < pairs.Count; i++)
        {
            var (keyword, value) = pairs[i];
            if (table is not null && table.TryGetValue(keyword, out var meant))
            {
                if (meant is null)
                {
                    return $"Keyword '{keyword}' is not supported, because Npgsql has no such setting. " + keyword switch
                    {
                        "service" or "servicefile" => "Write host, dbname and user instead.",
                        "ssl" => "Write sslmode instead.",
                        _ => "Leave it out.",
                    };
                }

                // An address replaces a name; if both are given, certificates are for the name.
                if (meant.Length == 0 || (keyword == "hostaddr" && pairs.Any(pair => pair.Key == "host")))
                {
                    continue;
                }

                keyword = meant;
            }

            if (!builder.ContainsKey(keyword))
            {
                return PostgreSqlKeywords.OfOthers.FirstOrDefault(other => other.Equals(keyword, StringComparison.OrdinalIgnoreCase)) is { } known
                    ? $"Keyword '{known}' belongs to another product's connection strings, not to PostgreSQL's."
                    : $"Part {i + 1} does not begin with a keyword of PostgreSQL's connection strings. Quote values that contain a semicolon or a space.";
            }

            if (!TrySet(builder, keyword, value))
            {
                return $"The value of '{pairs[i].Key}' is not one that this keyword accepts.";
            }
        }

        return null;
    }

    private static bool TrySet(NpgsqlConnectionStringBuilder builder, string keyword, string value)
    {
        try
        {
            builder[keyword] = keyword == "SSL Mode" ? value.Replace("-", string.Empty, StringComparison.Ordinal) : value;
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException
            or NotSupportedException or KeyNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Values that are shown must be plausible: a missing separator joins several into one.</summary>
    private static string? Implausible(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Host))
        {
            return "It does not name a host. Add Host=..., or a host to the URL.";
        }

        var hosts = builder.Host.Split(',');
        if (Array.Exists(hosts, host => !IsHost(host.Trim())))
        {
            return "What it gives as its host is not one. Separate keywords by semicolons, or by spaces throughout with libpq's names.";
        }

        return new[] { builder.Database, builder.Username }.Any(name => name is not null && (name.Contains('=', StringComparison.Ordinal) || name.Any(char.IsControl)))
            ? "Its database or user contains an equals sign, as happens when two keywords are not separated. Separate keywords by semicolons, or by spaces throughout with libpq's names."
            : null;
    }

    private static bool IsHost(string host) => host.Length > 0
        && !host.AsSpan().ContainsAny(OfNoHost)
        && host.LastIndexOf('@') <= 0
        && !host.Any(char.IsControl)
        && (host[0] is '/' or '@' || IsDrive(host) || host.AsSpan().IndexOfAny(" /\\") < 0);

    /// <summary>On Windows, sockets have paths too.</summary>
    private static bool IsDrive(string host) => host.Length > 2 && char.IsAsciiLetter(host[0]) && host[1] == ':' && host[2] is '/' or '\\';
}

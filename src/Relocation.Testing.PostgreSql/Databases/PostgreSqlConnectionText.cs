using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>
/// Reads a connection string of PostgreSQL in every form that people have at hand: Npgsql's, libpq's, a URL, and the JDBC driver's URL.
/// </summary>
/// <remarks>
/// What is wrong is said by place and by keyword, never by repeating text: a password that is not quoted or encoded as it should be makes up
/// whatever follows it. So no message of a driver is passed on either.
/// </remarks>
internal static class PostgreSqlConnectionText
{
    private const string Jdbc = "jdbc:postgresql:";

    private const string Repeated = "It has a keyword twice. Leave one out; where one is part of a password, quote or encode that.";

    private static readonly System.Buffers.SearchValues<char> OfNoHost = System.Buffers.SearchValues.Create("=;?#&\"'{}()");

    private static readonly string[] Schemes = ["postgres:", "postgresql:", Jdbc];

    /// <summary>Whether a text is meant to be a URL of PostgreSQL, well formed or not.</summary>
    internal static bool IsUrl(string text) =>
        Array.Exists(Schemes, scheme => text.TrimStart().StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text that cannot be read is meant for PostgreSQL, so that what is wrong with it is of use.</summary>
    internal static bool IsMeant(string text) => IsUrl(text)
        || (ConnectionText.ReadPairs(text) ?? ConnectionText.ReadWords(text) ?? []).Any(pair => pair.Key is "host" or "hostaddr" or "server" or "dbname");

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="builder">What it says.</param>
    /// <param name="problem">Why it cannot be read, as sentences for the user that repeat nothing of it.</param>
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
                + "A value with a semicolon, a space or quotes must stand in quotes.";
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
            return "A URL holds no space and no '#'. Write such characters of a name or password as %20 and %23.";
        }

        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var settings = query < 0 ? string.Empty : rest[(query + 1)..];
        rest = query < 0 ? rest : rest[..query];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            // The JDBC driver takes a database alone, on this machine.
            if (!isJdbc)
            {
                return "Two slashes are missing behind the URL's scheme.";
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
                ? "A URL of JDBC has no user and password before its host. Add them as ?user=...&password=...."
                : "The URL has more than one '@' before its path. Write that of a user or password as %40.";
        }

        if (at.Length == 2)
        {
            var user = at[0].Split(':', 2);
            if (!ConnectionText.TryDecode(user[0], out var name) || !ConnectionText.TryDecode(user.Length > 1 ? user[1] : string.Empty, out var password))
            {
                return "A '%' of the URL's user or password is followed by no two digits. Write the character itself as %25.";
            }

            builder.Username = name.Length > 0 ? name : null;
            builder.Password = password.Length > 0 ? password : null;
        }

        var hosts = at[^1];
        return hosts.Length == 0 ? null : ReadHosts(hosts.Split(','), builder);
    }

    private static string? ReadHosts(string[] texts, NpgsqlConnectionStringBuilder builder)
    {
        const string Wrong = "A host of the URL is not HOST or HOST:PORT. Where that was part of a password, write its '/', ':', '?', '#' and '@' as "
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
            return "What follows the URL's host is no name of a database. Where that was part of a password, write its '/', ':', '?', '#' and '@' as "
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
                return $"Part {pairs.Count + 1} behind the URL's '?' is no keyword=value. Write '&', '=' and '%' of a value as %26, %3D and %25.";
            }

            pairs.Add(KeyValuePair.Create(keyword, value));
        }

        return Take(pairs, isJdbc ? PostgreSqlKeywords.OfJdbc : PostgreSqlKeywords.OfLibpq, builder);
    }

    /// <summary>Takes keywords over; those that the table does not have must be Npgsql's.</summary>
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
                    return $"Keyword '{keyword}' is not supported, as Npgsql has no such setting. " + keyword switch
                    {
                        "service" or "servicefile" => "Write host, dbname and user instead.",
                        "ssl" => "Write sslmode instead.",
                        _ => "Leave it out.",
                    };
                }

                // An address stands in for a name; given both, the name is what certificates are for.
                if (meant.Length == 0 || (keyword == "hostaddr" && pairs.Any(pair => pair.Key == "host")))
                {
                    continue;
                }

                keyword = meant;
            }

            if (!builder.ContainsKey(keyword))
            {
                return PostgreSqlKeywords.OfOthers.FirstOrDefault(other => other.Equals(keyword, StringComparison.OrdinalIgnoreCase)) is { } known
                    ? $"Keyword '{known}' belongs to another product's connection strings, and not to PostgreSQL's."
                    : $"Part {i + 1} begins with no keyword of PostgreSQL's connection strings. A value with a semicolon or a space must stand in quotes.";
            }

            if (!TrySet(builder, keyword, value))
            {
                return $"The value of '{pairs[i].Key}' is none that this keyword can have.";
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

    /// <summary>Values that are shown must be what they seem: a separator that was left out makes one of several.</summary>
    private static string? Implausible(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Host))
        {
            return "It names no host. Add Host=..., or the host of a URL.";
        }

        var hosts = builder.Host.Split(',');
        if (Array.Exists(hosts, host => !IsHost(host.Trim())))
        {
            return "What it names as its host is none. Separate keywords by semicolons, or by spaces throughout with libpq's names.";
        }

        return new[] { builder.Database, builder.Username }.Any(name => name is not null && (name.Contains('=', StringComparison.Ordinal) || name.Any(char.IsControl)))
            ? "Its database or user holds an equals sign, as where two keywords are not separated. Separate keywords by semicolons, or by spaces throughout with libpq's names."
            : null;
    }

    private static bool IsHost(string host) => host.Length > 0
        && !host.AsSpan().ContainsAny(OfNoHost)
        && host.LastIndexOf('@') <= 0
        && !host.Any(char.IsControl)
        && (host[0] is '/' or '@' || IsDrive(host) || host.AsSpan().IndexOfAny(" /\\") < 0);

    /// <summary>Sockets have a path on Windows too.</summary>
    private static bool IsDrive(string host) => host.Length > 2 && char.IsAsciiLetter(host[0]) && host[1] == ':' && host[2] is '/' or '\\';
}

namespace Relocation.Testing.Sentry.Events.Spans;

/// <summary>Descriptions of requests: a method, one blank, an address.</summary>
internal static class HttpRequestText
{
    /// <summary>Reads a description.</summary>
    /// <param name="description">The description.</param>
    /// <param name="method">The method, upper case.</param>
    /// <param name="scheme">The scheme, lower case, or empty.</param>
    /// <param name="host">The host with its port, or empty.</param>
    /// <param name="path">The path without what stands behind it.</param>
    /// <returns>Whether it is one.</returns>
    internal static bool TryRead(string description, out string method, out string scheme, out string host, out string path)
    {
        (method, scheme, host, path) = (string.Empty, string.Empty, string.Empty, string.Empty);
        var blank = description.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || description.AsSpan(blank + 1).Contains(' '))
        {
            return false;
        }

        method = description[..blank].ToUpperInvariant();
        if (method is not ("GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "CONNECT" or "OPTIONS" or "TRACE" or "PATCH"))
        {
            return false;
        }

        var rest = description.AsSpan(blank + 1);
        if (SchemeLength(rest) is > 0 and var length)
        {
            scheme = rest[..length].ToString().ToLowerInvariant();
            rest = rest[(length + 1)..];
        }

        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            rest = rest[2..];
            var end = rest.IndexOfAny('/', '?', '#');
            host = (end < 0 ? rest : rest[..end]).ToString();
            rest = end < 0 ? [] : rest[end..];
        }

        var query = rest.IndexOfAny('?', '#');
        rest = query < 0 ? rest : rest[..query];

        // Parameters of the last segment are none of the path.
        var parameters = rest[(rest.LastIndexOf('/') + 1)..].IndexOf(';');
        path = (parameters < 0 ? rest : rest[..(rest.LastIndexOf('/') + 1 + parameters)]).ToString();
        return true;
    }

    private static int SchemeLength(ReadOnlySpan<char> address)
    {
        var end = address.IndexOf(':');
        if (end <= 0 || !char.IsAsciiLetter(address[0]))
        {
            return 0;
        }

        foreach (var character in address[..end])
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
            {
                return 0;
            }
        }

        return end;
    }
}

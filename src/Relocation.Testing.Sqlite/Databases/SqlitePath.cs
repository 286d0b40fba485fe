using Relocation.Testing.Engines;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>Reads a file name: a path, or a URI.</summary>
internal static class SqlitePath
{
    private const string Scheme = "file:";

    /// <summary>The data source that a text means, or null if it is something else.</summary>
    internal static string? Read(string text)
    {
        var isUri = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        var path = isUri ? text[Scheme.Length..] : text;
        if (path is "" or ":memory:" || !ConnectionText.IsPath(path))
        {
            return null;
        }

        return !isUri || path.AsSpan().IndexOfAny("?#") < 0 ? text : null;
    }
}

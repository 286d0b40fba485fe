using System.Data;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Files;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Places;

/// <summary>The target of a connection: a file, named shared memory, or a private database.</summary>
internal sealed record SqliteLocation
{
    private const string Scheme = "file:";
    private const string DataDirectory = "|DataDirectory|";
    private const string Memory = ":memory:";

    /// <summary>The file's real path, or null.</summary>
    internal string? File { get; private init; }

    /// <summary>The name of the shared memory, or null.</summary>
    internal string? SharedMemory { get; private init; }

    /// <summary>Whether the database is private to the connection and ends with it.</summary>
    internal bool IsPrivate => File is null && SharedMemory is null;

    /// <summary>The target of a connection. For an open one SQLite itself is asked.</summary>
    internal static SqliteLocation Of(SqliteConnection connection) =>
        connection.State == ConnectionState.Open && FileOf(connection) is { Length: > 0 } file
            ? new SqliteLocation { File = RealPath.Of(file) }
            : Of(new SqliteConnectionStringBuilder(connection.ConnectionString));

    /// <summary>The path that SQLite has opened; empty for memory.</summary>
    internal static string FileOf(SqliteConnection connection) =>
        raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string() ?? string.Empty;

    /// <summary>The file name in a data source; empty for a URI, whose file name only SQLite knows.</summary>
    internal static string GivenName(string source) =>
        source.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? string.Empty : Path.GetFileName(source);

    /// <summary>The target of a connection string, by the rules of Microsoft.Data.Sqlite and of SQLite's URIs.</summary>
    internal static SqliteLocation Of(SqliteConnectionStringBuilder text)
    {
        var (source, isMemory, isShared) = (text.DataSource, text.Mode == SqliteOpenMode.Memory, text.Cache == SqliteCacheMode.Shared);
        if (source.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            var (path, settings) = Split(source[Scheme.Length..]);
            isMemory |= settings.Contains("mode=memory", StringComparer.OrdinalIgnoreCase);
            isShared |= settings.Contains("cache=shared", StringComparer.OrdinalIgnoreCase);
            source = path;
        }
        else if (!isMemory && source.Length > 0 && source != Memory)
        {
            source = InDataDirectory(source);
        }

        return (source, isMemory) switch
        {
            ({ Length: > 0 }, true) => new SqliteLocation { SharedMemory = isShared ? source : null },
            ("" or Memory, _) => new SqliteLocation(),
            _ => new SqliteLocation { File = RealPath.Of(source) },
        };
    }

    /// <summary>Whether both are the same database. A private one has only its own connection.</summary>
    internal bool IsSameAs(SqliteLocation other) => !IsPrivate
        && SharedMemory == other.SharedMemory && string.Equals(File, other.File, RealPath.Comparison);

    public override string ToString() => this switch
    {
        { File: { } file } => $"SQLite database '{ConnectionText.ShownPath(file)}'",
        { SharedMemory: { } name } => $"SQLite database '{ConnectionText.ShownName(name)}' in memory",
        _ => "a SQLite database of its own in memory",
    };

    /// <summary>A URI's path, decoded and without its host, and its settings.</summary>
    private static (string Path, string[] Settings) Split(string uri)
    {
        var text = uri.Split('#', 2)[0].Split('?', 2);
        var path = text[0];
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            var end = path.IndexOf('/', 2);
            path = end < 0 ? string.Empty : path[end..];
        }

        path = Uri.UnescapeDataString(path);
        var isDrive = OperatingSystem.IsWindows() && path is ['/', var letter, ':', ..] && char.IsAsciiLetter(letter);
        return (isDrive ? path[1..] : path, text.Length > 1 ? text[1].Split('&') : []);
    }

    private static string InDataDirectory(string source)
    {
        if (AppDomain.CurrentDomain.GetData("DataDirectory") is not string { Length: > 0 } folder)
        {
            return source;
        }

        return source.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase)
            ? Path.Combine(folder, source[DataDirectory.Length..])
            : Path.Combine(folder, source);
    }
}

using Microsoft.Data.Sqlite;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.Sqlite.Places;

namespace Relocation.Testing.Cli.Databases;

/// <summary>A database as the command line names it; nothing is opened yet.</summary>
internal sealed record DatabaseLocation
{
    private static readonly string[] SqliteKeywords = ["Data Source", "DataSource", "Filename"];
    private static readonly string[] SqliteSchemes = ["jdbc:sqlite:", "sqlite://", "sqlite:"];

    /// <summary>The accepted parameters of a SQLite URI; others contain keys, or have unforeseeable effects.</summary>
    private static readonly string[] SqliteSettings = ["mode", "cache", "immutable", "nolock", "psow"];

    internal required DatabaseEngine Engine { get; init; }

    internal required string ConnectionString { get; init; }

    /// <summary>The file's real path, or null on a server.</summary>
    internal string? File { get; init; }

    /// <summary>Whether the file is deleted at the end.</summary>
    internal bool IsTemporary { get; init; }

    /// <summary>The database in words, without secrets of its connection string.</summary>
    internal required string Description { get; init; }

    /// <summary>A new temporary SQLite file.</summary>
    internal static DatabaseLocation Temporary()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{TestDatabaseName.Make(OwnerOfTemporary())}.db");
        return OfSource(path) with { IsTemporary = true, Description = "a temporary SQLite database" };
    }

    /// <summary>Files of a living process are not swept; they are deleted at its end, and those of a killed process by the next sweep.</summary>
    private static string OwnerOfTemporary()
    {
        var owner = FileOwner.In(Path.GetTempPath());
        try
        {
            var name = owner.Use();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => owner.Release();
            return name;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // If no file can be created, neither can the database, which has the better message.
            return TestDatabaseName.MakeOwner();
        }
    }

    /// <summary>Reads a path or a connection string. Anything else is refused and not shown, since it may contain a password.</summary>
    internal static DatabaseLocation Parse(string argument)
    {
        if (argument.Contains('\0', StringComparison.Ordinal))
        {
            // It is neither a path nor a connection string.
            throw Errors.DatabaseUnreadable();
        }

        if (PostgreSqlConnectionText.IsUrl(argument))
        {
            return OfServer(argument);
        }

        if (Array.Find(SqliteSchemes, scheme => argument.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is { } scheme)
        {
            // A URL of a file has neither user nor host.
            return argument.Contains('@', StringComparison.Ordinal) ? throw Errors.DatabaseUnreadable() : OfSource(argument[scheme.Length..]);
        }

        if (ConnectionText.IsPath(argument) || IsUri(argument))
        {
            return OfSource(argument);
        }

        return OfSqlite(argument) ?? OfServer(argument);
    }

    private static bool IsUri(string source) => source.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a SQLite connection string; null if it is not one.</summary>
    private static DatabaseLocation? OfSqlite(string text)
    {
        if (ConnectionText.ReadPairs(text)?.Any(pair => SqliteKeywords.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)) != true)
        {
            return null;
        }

        if (ConnectionText.RepeatsKeyword(text))
        {
            throw Errors.DatabaseUnreadable();
        }

        try
        {
            return Of(new SqliteConnectionStringBuilder(text));
        }
        catch (ArgumentException)
        {
            // Its message would repeat a part of the text, and other products have a data source too.
            throw Errors.DatabaseUnreadable();
        }
    }

    private static DatabaseLocation OfSource(string source) => Of(new SqliteConnectionStringBuilder { DataSource = source });

    private static DatabaseLocation Of(SqliteConnectionStringBuilder builder)
    {
        if (builder.DataSource is not ("" or ":memory:") && !(IsUri(builder.DataSource) ? IsPlainUri(builder.DataSource) : ConnectionText.IsPath(builder.DataSource)))
        {
            throw Errors.DatabaseUnreadable();
        }

        if (SqliteLocation.Of(builder).File is not { } file)
        {
            throw Errors.DatabaseInMemory();
        }

        // A pool would keep the file open after the command's last connection.
        builder.Pooling = false;
        return new DatabaseLocation
        {
            Engine = SqliteEngine.Instance,
            ConnectionString = builder.ToString(),
            File = file,
            Description = $"SQLite database '{builder.DataSource}'",
        };
    }

    private static bool IsPlainUri(string uri)
    {
        var parts = uri["file:".Length..].Split('?', 2);
        return !uri.Contains('#', StringComparison.Ordinal) && ConnectionText.IsPath(parts[0])
            && (parts.Length < 2 || parts[1].Split('&').All(setting => SqliteSettings.Contains(setting.Split('=')[0], StringComparer.Ordinal)));
    }

    private static DatabaseLocation OfServer(string text)
    {
        if (!PostgreSqlConnectionText.TryRead(text, out var builder, out var problem))
        {
            throw PostgreSqlConnectionText.IsMeant(text) ? Errors.ConnectionString(PostgreSqlEngine.Instance.Name, problem) : Errors.DatabaseUnreadable();
        }

        if (string.IsNullOrEmpty(builder.Database))
        {
            throw Errors.DatabaseNotNamed();
        }

        builder.Pooling = false;
        return new DatabaseLocation
        {
            Engine = PostgreSqlEngine.Instance,
            ConnectionString = builder.ToString(),
            Description = $"PostgreSQL database '{ConnectionText.ShownName(builder.Database)}'",
        };
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Cli.Databases;

/// <summary>A database as the command line names it; nothing is opened yet.</summary>
internal sealed record DatabaseLocation
{
    private static readonly string[] SqliteKeywords = ["Data Source", "DataSource", "Filename"];
    private static readonly string[] PostgreSqlKeywords = ["Host", "Server"];

    internal required DatabaseEngine Engine { get; init; }

    internal required string ConnectionString { get; init; }

    /// <summary>The file, or null on a server.</summary>
    internal string? File { get; init; }

    /// <summary>Whether the file is removed at the end.</summary>
    internal bool IsTemporary { get; init; }

    /// <summary>The database in words, without what is secret in its connection string.</summary>
    internal required string Description { get; init; }

    /// <summary>A new SQLite file that is gone at the end.</summary>
    internal static DatabaseLocation Temporary()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{TestDatabaseName.Make(TestDatabaseName.MakeOwner())}.db");
        return OfFile(path) with { IsTemporary = true, Description = "a temporary SQLite database" };
    }

    /// <summary>Reads a path or a connection string.</summary>
    internal static DatabaseLocation Parse(string argument)
    {
        if (argument.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
            || argument.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
        {
            return OfServer(() => PostgreSqlUrl.Parse(argument));
        }

        var keywords = KeywordsOf(argument);
        return keywords switch
        {
            _ when keywords.Overlaps(PostgreSqlKeywords) => OfServer(() => new NpgsqlConnectionStringBuilder(argument)),
            _ when keywords.Overlaps(SqliteKeywords) => OfSqlite(argument),
            _ => OfFile(argument),
        };
    }

    private static HashSet<string> KeywordsOf(string argument)
    {
        try
        {
            var keywords = new DbConnectionStringBuilder { ConnectionString = argument }.Keys.Cast<string>();
            return new HashSet<string>(keywords, StringComparer.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            // No connection string, so a path.
            return [];
        }
    }

    private static DatabaseLocation OfSqlite(string connectionString)
    {
        try
        {
            return Of(new SqliteConnectionStringBuilder(connectionString));
        }
        catch (ArgumentException exception)
        {
            throw Errors.ConnectionString(SqliteEngine.Instance.Name, exception);
        }
    }

    private static DatabaseLocation OfFile(string path) => Of(new SqliteConnectionStringBuilder { DataSource = path });

    private static DatabaseLocation Of(SqliteConnectionStringBuilder builder)
    {
        if (builder.Mode == SqliteOpenMode.Memory || builder.DataSource is "" or ":memory:")
        {
            throw Errors.DatabaseInMemory();
        }

        // A pool would keep the file open after the command's last connection.
        builder.Pooling = false;
        return new DatabaseLocation
        {
            Engine = SqliteEngine.Instance,
            ConnectionString = builder.ToString(),
            File = builder.DataSource,
            Description = $"SQLite database '{builder.DataSource}'",
        };
    }

    private static DatabaseLocation OfServer(Func<NpgsqlConnectionStringBuilder> read)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = read();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw Errors.ConnectionString(PostgreSqlEngine.Instance.Name, exception);
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
            Description = $"PostgreSQL database '{builder.Database}'",
        };
    }
}

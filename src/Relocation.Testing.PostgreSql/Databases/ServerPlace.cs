using Npgsql;
using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>The database named by a connection string.</summary>
/// <param name="Server">Host and port, or the folder of a socket and its number; several where the string lists several.</param>
/// <param name="Database">The database, which is called as its user where the string does not say.</param>
internal sealed record ServerPlace(string Server, string Database)
{
    /// <summary>Seconds, and no moment in words: those depend on the session's time zone and style of dates.</summary>
    private const string IdentitySql = """
        SELECT extract(epoch FROM pg_catalog.pg_postmaster_start_time())::text || ' ' || d.oid::text FROM pg_catalog.pg_database d
        WHERE d.datname = pg_catalog.current_database()
        """;

    /// <summary>How long another spelling of the same server is tried.</summary>
    private const int SecondsToWait = 5;

    internal static ServerPlace Of(NpgsqlConnectionStringBuilder text) => new(
        string.Join(',', (text.Host ?? string.Empty).Split(',').Select(host => WithPort(host.Trim(), text.Port))),
        text.Database ?? text.Username ?? Environment.GetEnvironmentVariable("PGUSER") ?? Environment.UserName);

    /// <summary>
    /// Whether a connection leads to a database. A server has many names, and a socket besides, so servers are asked where the databases are
    /// called the same: one that runs has a moment of its start, and each of its databases a number.
    /// </summary>
    internal static bool AreSame(NpgsqlConnection connection, string connectionString)
    {
        var opened = Of(new NpgsqlConnectionStringBuilder(connection.ConnectionString));
        var wanted = Of(new NpgsqlConnectionStringBuilder(connectionString));
        if (opened.Database != wanted.Database)
        {
            return false;
        }

        return opened == wanted || (IdentityOf(connection.CloneWith(Careful(connection.ConnectionString))) is { } identity
            && identity == IdentityOf(new NpgsqlConnection(Careful(connectionString))));
    }

    public override string ToString() =>
        $"PostgreSQL database '{ConnectionText.ShownName(Database)}' on '{ConnectionText.ShownName(Server)}'";

    /// <summary>Reads a host as the driver does: a single colon comes before a port, several are those of an IPv6 address without one.</summary>
    private static string WithPort(string host, int port)
    {
        if (host.StartsWith('/'))
        {
            return $"{host.TrimEnd('/')}:{port}";
        }

        var name = host.ToLowerInvariant();
        var colons = name.Count(character => character == ':');
        return colons == 0 || name.EndsWith(']') ? $"{name}:{port}"
            : colons == 1 || name.StartsWith('[') ? name
            : $"[{name}]:{port}";
    }

    /// <summary>Without a pool, which would keep a connection that was used only for identification.</summary>
    private static string Careful(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
        Enlist = false,
        Timeout = SecondsToWait,
        CommandTimeout = SecondsToWait,
    }.ToString();

    /// <summary>The identity of a database; null if it cannot be read, so that it counts as a different one.</summary>
    private static string? IdentityOf(NpgsqlConnection connection)
    {
        using (connection)
        {
            try
            {
                connection.Open();
                using var command = new NpgsqlCommand(IdentitySql, connection);
                return (string?)command.ExecuteScalar();
            }
            catch (Exception exception) when (exception is NpgsqlException or System.Net.Sockets.SocketException or InvalidOperationException or TimeoutException)
            {
                return null;
            }
        }
    }
}

using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>A database that we created on a server and drop there.</summary>
internal sealed class CreatedDatabase : DatabaseLease
{
    /// <summary>How often a template that somebody is connected to is tried again.</summary>
    private const int Attempts = 20;

    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Func<Task>? _release;
    private readonly string _name;
    private readonly bool _keep;

    private CreatedDatabase(NpgsqlConnectionStringBuilder server, string name, bool keep, Func<Task>? release)
    {
        _server = server;
        _name = name;
        _keep = keep;
        _release = release;
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ToString();
    }

    internal override string ConnectionString { get; }

    internal override bool IsOwn => true;

    /// <summary>Creates a database with a name of its own.</summary>
    /// <param name="server">The server, and a database on it to connect to meanwhile.</param>
    /// <param name="keep">Whether the database stays.</param>
    /// <param name="release">Called when the database is gone, or null.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task<CreatedDatabase> CreateAsync(
        NpgsqlConnectionStringBuilder server, bool keep, Func<Task>? release, CancellationToken cancellationToken)
    {
        var name = TestDatabaseName.Make();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ExecuteAsync(server, $"CREATE DATABASE {PostgreSqlEngine.Instance.Quote(name)}", cancellationToken)
                    .ConfigureAwait(false);
                return new CreatedDatabase(server, name, keep, release);
            }
            catch (PostgresException exception)
                when (exception.SqlState == PostgresErrorCodes.ObjectInUse && attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException exception)
            {
                throw ServerErrors.ServerUnreachable(server.Host ?? string.Empty, exception);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            var connection = new NpgsqlConnection(ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                NpgsqlConnection.ClearPool(connection);
            }

            if (!_keep)
            {
                await ExecuteAsync(
                    _server, $"DROP DATABASE IF EXISTS {PostgreSqlEngine.Instance.Quote(_name)} WITH (FORCE)", CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            if (_release is not null)
            {
                await _release().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Pooling is off, or the pool would keep connections to a server that is about to end.</summary>
    private static async Task ExecuteAsync(NpgsqlConnectionStringBuilder server, string sql, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ToString());
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(sql, cancellationToken).ConfigureAwait(false);
        }
    }
}

using Npgsql;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>
/// The connection of our own over which a database is looked at and put back. It stays open, since its plans are what makes resets quick. A superuser's
/// plays a replica, in which neither foreign keys nor ordinary triggers act.
/// </summary>
internal sealed class ResetSession : IAsyncDisposable
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    private NpgsqlCommand? _restore;
    private NpgsqlCommand? _look;

    private ResetSession(NpgsqlConnection connection, bool isSuperuser, DateTime serverStart) =>
        (Connection, IsSuperuser, ServerStart) = (connection, isSuperuser, serverStart);

    internal NpgsqlConnection Connection { get; }

    internal bool IsSuperuser { get; }

    /// <summary>When the server started: one that has restarted has ended all sessions by itself.</summary>
    internal DateTime ServerStart { get; }

    internal bool IsOpen => Connection.State == System.Data.ConnectionState.Open;

    /// <summary>Opens it. What was touched is little, and is found by keys, which the planner cannot know.</summary>
    internal static async Task<ResetSession> OpenAsync(string connectionString, TimeSpan lockLimit, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var rows = await connection.ReadAsync(
                FormattableString.Invariant($"""
                SET lock_timeout = '{lockLimit.TotalMilliseconds:0}ms';
                SET row_security = off;
                SET enable_hashjoin = off;
                SET enable_mergejoin = off;
                SET jit = off;
                SET client_min_messages = warning;
                SET {NotedTable.Off} = 'on';
                SELECT r.rolsuper, pg_catalog.pg_postmaster_start_time(),
                    CASE WHEN r.rolsuper THEN pg_catalog.set_config('session_replication_role', 'replica', false) END
                FROM pg_catalog.pg_roles AS r WHERE r.rolname = current_user
                """),
                cancellationToken).ConfigureAwait(false);
            return new ResetSession(connection, (bool)rows[0][0]!, (DateTime)rows[0][1]!);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Puts back what was touched.</summary>
    /// <returns>Whether that was done; nothing was, where others write.</returns>
    internal async Task<bool> RestoreAsync(CancellationToken cancellationToken)
    {
        _restore ??= await PrepareAsync($"SELECT {Schema}.restore()", cancellationToken).ConfigureAwait(false);
        return (bool)(await _restore.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>What has changed in the schema, or null, and which other sessions are not idle.</summary>
    internal async Task<(string? Changes, IReadOnlyList<OtherSession> Sessions)> LookAsync(CancellationToken cancellationToken)
    {
        _look ??= await PrepareAsync(OtherSession.LookSql, cancellationToken).ConfigureAwait(false);
        var rows = await _look.ReadAsync(cancellationToken).ConfigureAwait(false);
        return ((string?)rows[0][0], [.. rows.Where(row => row[1] is not null).Select(row => OtherSession.Read(row.AsSpan(1)))]);
    }

    /// <summary>Which other sessions are not idle.</summary>
    internal async Task<IReadOnlyList<OtherSession>> OthersAsync(CancellationToken cancellationToken)
    {
        var rows = await Connection.ReadAsync(OtherSession.SessionsSql, cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => OtherSession.Read(row));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in (NpgsqlCommand?[])[_restore, _look])
        {
            if (command is not null)
            {
                await command.DisposeAsync().ConfigureAwait(false);
            }
        }

        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<NpgsqlCommand> PrepareAsync(string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The text is constant.
        var command = new NpgsqlCommand(sql, Connection);
#pragma warning restore CA2100
        try
        {
            await command.PrepareAsync(cancellationToken).ConfigureAwait(false);
            return command;
        }
        catch
        {
            await command.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

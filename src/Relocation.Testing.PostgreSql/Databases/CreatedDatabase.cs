using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Resetting;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>A database that we created on a server and will drop.</summary>
internal sealed class CreatedDatabase : DatabaseLease
{
    /// <summary>How often a template with connections is tried again.</summary>
    private const int Attempts = 20;

    /// <summary>Databases that stay are not swept, so they are not named after this process.</summary>
    private const string Kept = "kept";

    private readonly ServerUse _server;
    private readonly DatabaseRequest _request;
    private ReservedRoom? _room;

    private CreatedDatabase(ServerUse server, string name, DatabaseRequest request)
    {
        _server = server;
        Name = name;
        _request = request;
        _room = request.Room as ReservedRoom;
        ConnectionString = server.ConnectionString(name);
    }

    internal override string ConnectionString { get; }

    internal override bool IsOwn => true;

    internal string Name { get; }

    /// <summary>Creates a database with a unique name.</summary>
    /// <param name="server">The server; released when the database is dropped, or could not be created.</param>
    /// <param name="template">The database to copy, or null for the server's own template.</param>
    /// <param name="request">Its purpose.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task<CreatedDatabase> CreateAsync(
        ServerUse server, string? template, DatabaseRequest request, CancellationToken cancellationToken)
    {
        var name = TestDatabaseName.Make(request.Keep ? Kept : server.Owner);
        try
        {
            await CreateAsync(server, name, template, cancellationToken).ConfigureAwait(false);
            return new CreatedDatabase(server, name, request);
        }
        catch (Exception exception)
        {
            await server.ReleaseAsync().ConfigureAwait(false);
            if (PostgreSqlFaults.Of(exception) is { } fault)
            {
                throw ServerErrors.ServerUnreachable(server.Host, fault, exception, server.ThrowAway?.Place);
            }

            throw;
        }
    }

    /// <summary>Room for the connections of one more database in use, and ours.</summary>
    internal async Task<ReservedRoom?> ReserveAsync(Func<bool> isNeeded, CancellationToken cancellationToken)
    {
        try
        {
            return await _server.Room.ReserveAsync(_request.ConnectionsPerLease + 1, _request.Patience, isNeeded, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgreSqlFaults.Within(exception) is { } fault)
        {
            throw FaultErrors.DatabaseFailed(PostgreSqlNames.Code, FaultErrors.NotCopied(), fault, exception);
        }
    }

    internal override async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        if (_room is { } room)
        {
            if (room.TryTakeUp())
            {
                return;
            }

            await room.Closed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        _room = await ReserveAsync(static () => true, cancellationToken).ConfigureAwait(false);
    }

    internal override void Leave(Func<ValueTask> release) => _room?.Idle(async () =>
    {
        await release().ConfigureAwait(false);
        ClearPool();
    });

    internal override string? EndOfServer => _server.HasEnded ? _server.ThrowAway!.Ended().Message : null;

    internal override LeaseFate FateAfter(DriverFault? fault) => fault switch
    {
        _ when _server.HasEnded => LeaseFate.Lost,
        { Fault: DatabaseFault.TooManyConnections } => LeaseFate.Waits,
        { Code: PostgresErrorCodes.InvalidCatalogName } => LeaseFate.Spoiled,
        { Fault: DatabaseFault.Unreachable or DatabaseFault.ConnectionLost } => LeaseFate.Waits,
        _ => LeaseFate.Spoiled,
    };

    internal override async Task<DatabaseTemplate?> MakeTemplateAsync(CancellationToken cancellationToken)
    {
        var server = await _server.AgainAsync(cancellationToken).ConfigureAwait(false);
        await DisconnectAsync(cancellationToken).ConfigureAwait(false);
        return new CreatedTemplate(await CreateAsync(server, Name, _request with { Keep = false, Room = null }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Creates a copy of this database, which must have no connections.</summary>
    internal async Task<CreatedDatabase> CopyAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var server = await _server.AgainAsync(cancellationToken).ConfigureAwait(false);
        return await CreateAsync(server, Name, request, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<KeptDatabase> KeepAsync(KeptPlace place, CancellationToken cancellationToken)
    {
        try
        {
            await DisconnectAsync(cancellationToken).ConfigureAwait(false);
            return await new DatabaseKeeping(_server, place).RunAsync(Name, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgreSqlUnavailableException exception)
        {
            throw DatabaseErrors.NotKept(Name, exception.Message, exception);
        }
    }

    /// <summary>
    /// A passed test must not fail because its database cannot be dropped now. With a throw-away server that has ended, the database is
    /// gone; on a user's server it is named after this process, so a later process drops it.
    /// </summary>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            ClearPool();
            if (!_request.Keep)
            {
                await DropAsync(_server, Name).ConfigureAwait(false);
            }
        }
        catch (PostgreSqlUnavailableException) when (_server.HasEnded)
        {
            // Its next user is told.
        }
        catch (Exception exception) when (PostgreSqlFaults.Of(exception) is { IsEnvironment: true } fault)
        {
            _server.Log(ServerErrors.NotDropped(Name, _server.Host, fault));
        }
        finally
        {
            if (_room is { } room)
            {
                await room.DisposeAsync().ConfigureAwait(false);
            }

            await _server.ReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Drops the database despite its sessions. If one is an autovacuum worker, the server refuses that to ordinary roles, but ends the
    /// worker itself once our sessions are gone.
    /// </summary>
    internal static async Task DropAsync(ServerUse server, string name)
    {
        var drop = $"DROP DATABASE IF EXISTS {PostgreSqlNames.Quote(name)}";
        try
        {
            await server.ExecuteAsync($"{drop} WITH (FORCE)", CancellationToken.None).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await server.ExecuteAsync(
                $"SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = {PostgreSqlCatalog.Literal(name)} AND usename = current_user",
                CancellationToken.None).ConfigureAwait(false);
            await server.ExecuteAsync(drop, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Creates a database of that name.</summary>
    internal static async Task CreateAsync(
        ServerUse server, string name, string? template, CancellationToken cancellationToken)
    {
        var source = template is null ? string.Empty : $" TEMPLATE {PostgreSqlNames.Quote(template)}";
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await server.ExecuteAsync($"CREATE DATABASE {PostgreSqlNames.Quote(name)}{source}", cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PostgresException exception)
                when (exception.SqlState == PostgresErrorCodes.ObjectInUse && attempt < Attempts)
            {
                // Another session is using the template; the server offers no way to wait for its end.
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Ends all sessions of the database, which only we and its test use. Idle pooled sessions are closed by their pools, which would
    /// otherwise return broken ones.
    /// </summary>
    internal async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        ClearPool();
        var sessions = $"FROM pg_catalog.pg_stat_activity WHERE datname = {PostgreSqlCatalog.Literal(Name)}";
        var count = await _server.ReadAsync($"SELECT count(*) {sessions}", cancellationToken).ConfigureAwait(false);
        if ((long)count[0][0]! > 0)
        {
            NpgsqlConnection.ClearAllPools();
            await _server.ExecuteAsync($"SELECT pg_catalog.pg_terminate_backend(pid) {sessions}", cancellationToken).ConfigureAwait(false);
        }
    }

    private void ClearPool()
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }
}

using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>New databases on the throw-away server of this process.</summary>
internal sealed class PostgreSqlThrowAwayTarget(DatabaseEngine engine, SharedPostgreSqlServer shared) : DatabaseTarget
{
    /// <summary>Only this process has databases there, but reservations are counted by owner.</summary>
    private static readonly string Owner = TestDatabaseName.MakeOwner();

    public override DatabaseEngine Engine => engine;

    internal override async Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var server = await shared.UseAsync(request.Connections, request.Patience.Say, cancellationToken).ConfigureAwait(false);
            try
            {
                return await CreatedDatabase.CreateAsync(UseOf(server), template: null, request, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgreSqlUnavailableException) when (isFirst && server.HasEnded)
            {
                // It has just ended, and another one takes its place.
            }
        }
    }

    private ServerUse UseOf(PostgreSqlServer server) => new(
        new NpgsqlConnectionStringBuilder(server.ConnectionString),
        Owner,
        async cancellationToken =>
        {
            await shared.UseAgainAsync(server, cancellationToken).ConfigureAwait(false);
            return UseOf(server);
        },
        () => shared.ReleaseAsync(server))
    {
        Programs = server.Programs,
        ThrowAway = server,
    };
}

using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>New databases on the throw-away server of this process.</summary>
internal sealed class PostgreSqlThrowAwayTarget(SharedPostgreSqlServer shared) : DatabaseTarget
{
    /// <summary>Nobody else has databases there, but what they reserve is counted by their owner.</summary>
    private static readonly string Owner = TestDatabaseName.MakeOwner();

    public override DatabaseEngine Engine => PostgreSqlEngine.Instance;

    internal override async Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var server = await UseAsync(cancellationToken).ConfigureAwait(false);
        return await CreatedDatabase.CreateAsync(server, template: null, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ServerUse> UseAsync(CancellationToken cancellationToken)
    {
        var server = await shared.UseAsync(cancellationToken).ConfigureAwait(false);
        return new ServerUse(
            new NpgsqlConnectionStringBuilder(server.ConnectionString), Owner, UseAsync, shared.ReleaseAsync)
        {
            Programs = server.Programs,
        };
    }
}

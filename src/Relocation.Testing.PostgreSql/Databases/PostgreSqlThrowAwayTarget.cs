using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>New databases on the throw-away server of this process.</summary>
internal sealed class PostgreSqlThrowAwayTarget(SharedPostgreSqlServer shared) : DatabaseTarget
{
    public override DatabaseEngine Engine => PostgreSqlEngine.Instance;

    internal override async Task<DatabaseLease> AcquireAsync(bool keep, CancellationToken cancellationToken)
    {
        var server = await shared.UseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CreatedDatabase.CreateAsync(
                new NpgsqlConnectionStringBuilder(server.ConnectionString), keep, shared.ReleaseAsync, cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            await shared.ReleaseAsync().ConfigureAwait(false);
            throw;
        }
    }
}

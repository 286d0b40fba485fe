using Npgsql;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>New databases on a server of the user's.</summary>
internal sealed class PostgreSqlServerTarget(string connectionString) : DatabaseTarget
{
    public override DatabaseEngine Engine => PostgreSqlEngine.Instance;

    internal override async Task<DatabaseLease> AcquireAsync(bool keep, CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        server.Database ??= "postgres";
        return await CreatedDatabase.CreateAsync(server, keep, release: null, cancellationToken).ConfigureAwait(false);
    }
}

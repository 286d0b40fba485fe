using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>New databases on a user's server.</summary>
internal sealed class PostgreSqlServerTarget(DatabaseEngine engine, string connectionString) : DatabaseTarget
{
    public override DatabaseEngine Engine => engine;

    internal override async Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var server = await UserServers.OfProcess.UseAsync(connectionString, cancellationToken).ConfigureAwait(false);
        return await CreatedDatabase.CreateAsync(server, template: null, request, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<DatabaseLease?> AcquireCopyAsync(
        string key, Func<DatabaseLease, CancellationToken, Task> fill, DatabaseRequest request, CancellationToken cancellationToken)
    {
        var server = await UserServers.OfProcess.UseAsync(connectionString, cancellationToken).ConfigureAwait(false);
        try
        {
            return await new ServerTemplates(server, TimeProvider.System).CopyAsync(key, fill, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await server.ReleaseAsync().ConfigureAwait(false);
        }
    }
}

using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>A user's database.</summary>
internal sealed class PostgreSqlExistingTarget(DatabaseEngine engine, string connectionString) : DatabaseTarget
{
    public override DatabaseEngine Engine => engine;

    internal override bool MakesNew => false;

    internal override Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<DatabaseLease>(new PostgreSqlExistingLease(connectionString));
}

using Relocation.Testing.Databases;
using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>A user's database, which stays.</summary>
internal sealed class PostgreSqlExistingLease(string connectionString) : DatabaseLease
{
    internal override string ConnectionString => connectionString;

    internal override bool IsOwn => false;

    internal override Task<KeptDatabase> KeepAsync(KeptPlace place, CancellationToken cancellationToken) => throw DatabaseErrors.NotKept(
        ShownConnectionString.Of(connectionString),
        "a database that its connection string names is not copied. It holds what the test left until the next test begins.");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>A database of the user's, which stays.</summary>
internal sealed class PostgreSqlExistingLease(string connectionString) : DatabaseLease
{
    internal override string ConnectionString => connectionString;

    internal override bool IsOwn => false;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

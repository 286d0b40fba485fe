using System.Data.Common;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteMemoryWaitingTests() : WaitingSpecification(new SqliteUnderTest(SqliteTarget.InMemory))
{
    protected override string Holder => "another connection of this process, which reads or writes SQLite database 'relocation_test_";

    protected override string Setting => "PRAGMA busy_timeout";

    protected override ValueTask<DbTransaction> BeginAsync(DbConnection connection) => new(((SqliteConnection)connection).BeginTransaction(deferred: true));
}

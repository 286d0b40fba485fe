using System.Data.Common;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteFileWaitingTests() : WaitingSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile))
{
    protected override string Holder => OperatingSystem.IsLinux() ? "another connection of this process, which writes to '" : "another connection, which ";

    protected override string Setting => "PRAGMA busy_timeout";

    protected override ValueTask<DbTransaction> BeginAsync(DbConnection connection) => new(((SqliteConnection)connection).BeginTransaction(deferred: true));
}

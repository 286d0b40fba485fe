using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteFileTestDatabaseTests() : TestDatabaseSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

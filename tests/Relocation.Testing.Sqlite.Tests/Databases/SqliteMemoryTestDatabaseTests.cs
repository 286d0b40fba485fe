using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteMemoryTestDatabaseTests() : TestDatabaseSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

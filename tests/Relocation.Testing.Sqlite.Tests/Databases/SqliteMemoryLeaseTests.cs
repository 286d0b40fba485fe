using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteMemoryLeaseTests() : LeaseSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

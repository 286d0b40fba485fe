using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteMemoryReuseTests() : ReuseSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteMemoryOwnConnectionTests() : OwnConnectionSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteMemoryHealingTests() : HealingSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

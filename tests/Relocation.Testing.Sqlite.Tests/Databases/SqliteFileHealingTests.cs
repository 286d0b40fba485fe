using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteFileHealingTests() : HealingSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

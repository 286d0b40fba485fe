using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteFileOwnConnectionTests() : OwnConnectionSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

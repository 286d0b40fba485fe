using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteFileReuseTests() : ReuseSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

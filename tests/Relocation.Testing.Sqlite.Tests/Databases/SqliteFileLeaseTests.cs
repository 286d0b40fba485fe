using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteFileLeaseTests() : LeaseSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

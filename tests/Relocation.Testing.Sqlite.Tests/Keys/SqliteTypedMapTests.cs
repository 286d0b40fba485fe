using Relocation.Testing.Specification.Keys;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Keys;

public sealed class SqliteTypedMapTests() : TypedMapSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

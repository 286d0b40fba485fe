using Relocation.Testing.Specification.Planning;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Planning;

public sealed class SqliteDependencyTests() : DependencySpecification(new SqliteUnderTest(SqliteTarget.InMemory));

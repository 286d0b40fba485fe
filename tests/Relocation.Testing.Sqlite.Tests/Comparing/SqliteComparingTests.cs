using Relocation.Testing.Specification.Comparing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Comparing;

public sealed class SqliteComparingTests() : ComparingSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

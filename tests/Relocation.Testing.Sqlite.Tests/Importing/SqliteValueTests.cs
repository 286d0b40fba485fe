using Relocation.Testing.Specification.Values;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteValueTests() : ValueSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

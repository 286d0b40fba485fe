using Relocation.Testing.Specification.Matrices;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Matrices;

public sealed class SqliteCompatibilityMatrixTests() : CompatibilityMatrixSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Synthetic;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteSyntheticEverythingTests() : SyntheticEverythingSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

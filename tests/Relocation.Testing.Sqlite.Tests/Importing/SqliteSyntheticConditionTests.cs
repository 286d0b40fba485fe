using Relocation.Testing.Specification.Synthetic;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteSyntheticConditionTests() : SyntheticConditionSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

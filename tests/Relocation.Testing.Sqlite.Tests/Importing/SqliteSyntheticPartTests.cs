using Relocation.Testing.Specification.Synthetic;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteSyntheticPartTests() : SyntheticPartSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Synthetic;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteMutationTests() : MutationSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

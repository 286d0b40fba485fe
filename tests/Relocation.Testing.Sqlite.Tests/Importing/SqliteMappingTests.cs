using Relocation.Testing.Specification.Models;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteMappingTests() : MappingSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Models;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteEverythingTests() : EverythingSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

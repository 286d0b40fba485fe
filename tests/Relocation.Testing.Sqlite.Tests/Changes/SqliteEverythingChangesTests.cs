using Relocation.Testing.Specification.Changes;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Changes;

public sealed class SqliteEverythingChangesTests() : EverythingChangesSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Changes;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Changes;

public sealed class SqliteMemoryChangesTests() : ChangesSpecification(new SqliteUnderTest(SqliteTarget.InMemory), SqliteTriggers.OnStatus);

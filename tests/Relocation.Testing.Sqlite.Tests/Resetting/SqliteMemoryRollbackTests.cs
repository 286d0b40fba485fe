using Relocation.Testing.Specification.Resetting;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Resetting;

public sealed class SqliteMemoryRollbackTests() : RollbackSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Resetting;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Resetting;

public sealed class SqliteFileRollbackTests() : RollbackSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

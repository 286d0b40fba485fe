using Relocation.Testing.Specification.Changes;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Changes;

public sealed class SqliteFileNetChangeTests() : NetChangeSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

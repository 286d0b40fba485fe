using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteHiddenAliasTests() : HiddenAliasSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

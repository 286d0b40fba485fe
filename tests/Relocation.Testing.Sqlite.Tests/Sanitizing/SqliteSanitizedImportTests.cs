using Relocation.Testing.Specification.Sanitizing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sanitizing;

public sealed class SqliteSanitizedImportTests() : SanitizedImportSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

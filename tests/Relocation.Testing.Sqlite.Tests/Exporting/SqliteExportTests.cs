using Relocation.Testing.Specification.Exporting;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Exporting;

public sealed class SqliteExportTests() : ExportSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

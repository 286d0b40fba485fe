using Relocation.Testing.Specification.Models;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteLeftOutTests() : LeftOutSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

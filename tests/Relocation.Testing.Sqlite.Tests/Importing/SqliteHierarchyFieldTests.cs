using Relocation.Testing.Specification.Models;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteHierarchyFieldTests() : HierarchyFieldSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlHierarchyFieldTests(PostgreSqlFixture fixture) : HierarchyFieldSpecification(fixture.UnderTest);

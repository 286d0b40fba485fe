using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlTwoSchemasTests(PostgreSqlFixture fixture) : TwoSchemasSpecification(fixture.UnderTest);

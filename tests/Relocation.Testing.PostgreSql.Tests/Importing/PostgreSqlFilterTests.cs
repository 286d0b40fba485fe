using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlFilterTests(PostgreSqlFixture fixture) : FilterSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Planning;

namespace Relocation.Testing.PostgreSql.Tests.Planning;

public sealed class PostgreSqlDependencyTests(PostgreSqlFixture fixture) : DependencySpecification(fixture.UnderTest);

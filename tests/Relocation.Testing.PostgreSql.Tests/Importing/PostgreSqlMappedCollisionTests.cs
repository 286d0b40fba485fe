using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlMappedCollisionTests(PostgreSqlFixture fixture) : MappedCollisionSpecification(fixture.UnderTest);

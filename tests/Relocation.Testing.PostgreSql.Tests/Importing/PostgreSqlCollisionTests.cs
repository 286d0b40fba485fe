using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlCollisionTests(PostgreSqlFixture fixture) : CollisionSpecification(fixture.UnderTest);

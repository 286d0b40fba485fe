using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlCollisionPropertyTests(PostgreSqlFixture fixture) : CollisionPropertySpecification(fixture.UnderTest);

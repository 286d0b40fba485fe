using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlOwnedCollisionTests(PostgreSqlFixture fixture) : OwnedCollisionSpecification(fixture.UnderTest);

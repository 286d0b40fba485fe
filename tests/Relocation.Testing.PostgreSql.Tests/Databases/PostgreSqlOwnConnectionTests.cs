using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class PostgreSqlOwnConnectionTests(PostgreSqlFixture fixture) : OwnConnectionSpecification(fixture.UnderTest);

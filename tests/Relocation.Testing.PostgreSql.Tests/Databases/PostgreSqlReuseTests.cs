using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class PostgreSqlReuseTests(PostgreSqlFixture fixture) : ReuseSpecification(fixture.UnderTest);

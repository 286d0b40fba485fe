using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlUnknownKeyTests(PostgreSqlFixture fixture) : UnknownKeySpecification(fixture.UnderTest);

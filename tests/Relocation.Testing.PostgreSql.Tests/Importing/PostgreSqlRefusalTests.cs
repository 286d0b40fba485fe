using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlRefusalTests(PostgreSqlFixture fixture) : RefusalSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlDjangoNameTests(PostgreSqlFixture fixture) : DjangoNameSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSharedTableTests(PostgreSqlFixture fixture) : SharedTableSpecification(fixture.UnderTest);

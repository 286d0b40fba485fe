using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSeedTests(PostgreSqlFixture fixture) : SeedSpecification(fixture.UnderTest);

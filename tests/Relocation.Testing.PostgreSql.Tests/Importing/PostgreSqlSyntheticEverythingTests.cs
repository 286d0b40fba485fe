using Relocation.Testing.Specification.Synthetic;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSyntheticEverythingTests(PostgreSqlFixture fixture) : SyntheticEverythingSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Synthetic;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSyntheticConditionTests(PostgreSqlFixture fixture) : SyntheticConditionSpecification(fixture.UnderTest);

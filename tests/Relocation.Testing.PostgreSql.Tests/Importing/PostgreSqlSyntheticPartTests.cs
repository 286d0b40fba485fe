using Relocation.Testing.Specification.Synthetic;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSyntheticPartTests(PostgreSqlFixture fixture) : SyntheticPartSpecification(fixture.UnderTest);

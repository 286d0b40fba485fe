using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlOptionPairTests(PostgreSqlFixture fixture) : OptionPairSpecification(fixture.UnderTest, sample: 100);

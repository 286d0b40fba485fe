using Relocation.Testing.Specification.Exporting;

namespace Relocation.Testing.PostgreSql.Tests.Exporting;

public sealed class PostgreSqlRoundTripTests(PostgreSqlFixture fixture) : RoundTripSpecification(fixture.UnderTest);

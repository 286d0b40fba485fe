using Relocation.Testing.Specification.Comparing;

namespace Relocation.Testing.PostgreSql.Tests.Comparing;

public sealed class PostgreSqlComparingTests(PostgreSqlFixture fixture) : ComparingSpecification(fixture.UnderTest);

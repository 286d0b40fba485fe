using Relocation.Testing.Specification.Resetting;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

public sealed class PostgreSqlTouchedTablesTests(PostgreSqlFixture fixture) : TouchedTablesSpecification(fixture.UnderTest);

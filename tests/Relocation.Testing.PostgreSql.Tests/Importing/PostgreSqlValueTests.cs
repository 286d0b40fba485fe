using Relocation.Testing.Specification.Values;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlValueTests(PostgreSqlFixture fixture) : ValueSpecification(fixture.UnderTest);

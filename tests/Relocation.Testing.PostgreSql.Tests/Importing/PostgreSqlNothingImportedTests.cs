using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlNothingImportedTests(PostgreSqlFixture fixture) : NothingImportedSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sanitizing;

namespace Relocation.Testing.PostgreSql.Tests.Sanitizing;

public sealed class PostgreSqlSanitizedImportTests(PostgreSqlFixture fixture) : SanitizedImportSpecification(fixture.UnderTest);

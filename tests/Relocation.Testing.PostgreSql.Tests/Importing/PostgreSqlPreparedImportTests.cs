using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlPreparedImportTests(PostgreSqlFixture fixture) : PreparedImportSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlRelocationImportTests(PostgreSqlFixture fixture) : RelocationImportSpecification(fixture.UnderTest);

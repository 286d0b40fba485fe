using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryExportTests(PostgreSqlFixture fixture) : SentryExportSpecification(fixture.UnderTest);

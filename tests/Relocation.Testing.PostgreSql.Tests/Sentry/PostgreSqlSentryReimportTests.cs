using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryReimportTests(PostgreSqlFixture fixture) : SentryReimportSpecification(fixture.UnderTest);

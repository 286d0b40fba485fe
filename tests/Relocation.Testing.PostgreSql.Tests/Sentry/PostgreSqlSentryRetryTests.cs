using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryRetryTests(PostgreSqlFixture fixture) : SentryRetrySpecification(fixture.UnderTest);

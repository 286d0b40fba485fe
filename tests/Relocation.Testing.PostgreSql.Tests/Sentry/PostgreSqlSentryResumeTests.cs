using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryResumeTests(PostgreSqlFixture fixture) : SentryResumeSpecification(fixture.UnderTest);

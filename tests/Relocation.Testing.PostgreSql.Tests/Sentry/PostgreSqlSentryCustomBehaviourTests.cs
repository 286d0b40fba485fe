using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryCustomBehaviourTests(PostgreSqlFixture fixture) : SentryCustomBehaviourSpecification(fixture.UnderTest);

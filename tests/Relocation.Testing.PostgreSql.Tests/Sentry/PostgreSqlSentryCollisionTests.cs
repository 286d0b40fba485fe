using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryCollisionTests(PostgreSqlFixture fixture) : SentryCollisionSpecification(fixture.UnderTest);

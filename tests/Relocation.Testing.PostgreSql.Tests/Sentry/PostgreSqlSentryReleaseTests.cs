using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryReleaseTests(PostgreSqlFixture fixture) : SentryReleaseSpecification(fixture.UnderTest);

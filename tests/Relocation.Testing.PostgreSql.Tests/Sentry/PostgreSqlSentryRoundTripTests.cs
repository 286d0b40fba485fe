using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryRoundTripTests(PostgreSqlFixture fixture) : SentryRoundTripSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryRoundTripParityTests(PostgreSqlFixture fixture) : SentryRoundTripParitySpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentrySignalingTests(PostgreSqlFixture fixture) : SentrySignalingSpecification(fixture.UnderTest);

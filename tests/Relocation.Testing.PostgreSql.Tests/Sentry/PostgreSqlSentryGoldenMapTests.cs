using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryGoldenMapTests(PostgreSqlFixture fixture) : SentryGoldenMapSpecification(fixture.UnderTest);

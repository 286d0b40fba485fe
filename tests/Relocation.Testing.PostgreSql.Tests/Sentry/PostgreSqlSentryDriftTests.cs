using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryDriftTests(PostgreSqlFixture fixture) : SentryDriftSpecification(fixture.UnderTest);

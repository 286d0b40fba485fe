using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryNewerTests(PostgreSqlFixture fixture) : SentryNewerSpecification(fixture.UnderTest);

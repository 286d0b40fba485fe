using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryFilterTests(PostgreSqlFixture fixture) : SentryFilterSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryHiddenKeyTests(PostgreSqlFixture fixture) : SentryHiddenKeySpecification(fixture.UnderTest);

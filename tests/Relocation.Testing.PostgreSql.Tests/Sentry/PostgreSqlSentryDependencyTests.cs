using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryDependencyTests(PostgreSqlFixture fixture) : SentryDependencySpecification(fixture.UnderTest);

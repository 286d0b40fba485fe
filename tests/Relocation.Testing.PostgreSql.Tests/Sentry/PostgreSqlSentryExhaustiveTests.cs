using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryExhaustiveTests(PostgreSqlFixture fixture) : SentryExhaustiveSpecification(fixture.UnderTest);

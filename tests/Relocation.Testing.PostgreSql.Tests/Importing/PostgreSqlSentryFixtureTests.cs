using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSentryFixtureTests(PostgreSqlFixture fixture) : SentryFixtureSpecification(fixture.UnderTest);

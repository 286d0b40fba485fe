using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryWrittenTests(PostgreSqlFixture fixture) : SentryWrittenSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryDefectTests(PostgreSqlFixture fixture) : SentryDefectSpecification(fixture.UnderTest);

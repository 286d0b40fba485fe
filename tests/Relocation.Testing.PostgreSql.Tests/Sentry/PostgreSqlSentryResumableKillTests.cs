using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryResumableKillTests(PostgreSqlFixture fixture)
    : SentryKillSpecification(fixture.UnderTest, typeof(PostgreSqlSentryResumableKillTests).Assembly.Location, isResumable: true);

using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryWithinBackupTests(PostgreSqlFixture fixture) : SentryWithinBackupSpecification(fixture.UnderTest);

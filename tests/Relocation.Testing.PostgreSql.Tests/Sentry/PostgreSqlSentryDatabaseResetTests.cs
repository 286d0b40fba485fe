using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryDatabaseResetTests(PostgreSqlFixture fixture) : SentryDatabaseResetSpecification(fixture.UnderTest);

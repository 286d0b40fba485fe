using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentrySanitizationTests(PostgreSqlFixture fixture) : SentrySanitizationSpecification(fixture.UnderTest);

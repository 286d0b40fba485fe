using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryCaseTests(PostgreSqlFixture fixture) : SentryCaseSpecification(fixture.UnderTest);

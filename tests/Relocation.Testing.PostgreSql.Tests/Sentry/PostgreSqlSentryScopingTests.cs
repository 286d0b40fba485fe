using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlSentryScopingTests(PostgreSqlFixture fixture) : SentryScopingSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlRelocationFinishTests(PostgreSqlFixture fixture) : RelocationFinishSpecification(fixture.UnderTest);

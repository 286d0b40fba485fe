using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlRelocationReleaseTests(PostgreSqlFixture fixture) : RelocationReleaseSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlRelocationValidationTests(PostgreSqlFixture fixture) : RelocationValidationSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlTaskPreparationTests(PostgreSqlFixture fixture) : TaskPreparationSpecification(fixture.UnderTest);

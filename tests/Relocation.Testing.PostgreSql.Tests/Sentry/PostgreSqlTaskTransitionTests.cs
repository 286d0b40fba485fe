using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlTaskTransitionTests(PostgreSqlFixture fixture) : TaskTransitionSpecification(fixture.UnderTest);

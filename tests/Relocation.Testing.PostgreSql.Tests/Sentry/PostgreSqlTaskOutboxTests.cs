using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlTaskOutboxTests(PostgreSqlFixture fixture) : TaskOutboxSpecification(fixture.UnderTest);

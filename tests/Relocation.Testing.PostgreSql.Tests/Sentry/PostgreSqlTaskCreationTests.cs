using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlTaskCreationTests(PostgreSqlFixture fixture) : TaskCreationSpecification(fixture.UnderTest);

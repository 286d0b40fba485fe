using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlTaskOrderTests(PostgreSqlFixture fixture) : TaskOrderSpecification(fixture.UnderTest);

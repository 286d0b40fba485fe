using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlTaskLeaseTests(PostgreSqlFixture fixture) : TaskLeaseSpecification(fixture.UnderTest);

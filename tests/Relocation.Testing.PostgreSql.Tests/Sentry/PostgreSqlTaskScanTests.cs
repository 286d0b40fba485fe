using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlTaskScanTests(PostgreSqlFixture fixture) : TaskScanSpecification(fixture.UnderTest);

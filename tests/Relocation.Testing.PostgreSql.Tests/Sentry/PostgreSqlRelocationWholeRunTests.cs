using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlRelocationWholeRunTests(PostgreSqlFixture fixture) : RelocationWholeRunSpecification(fixture.UnderTest);

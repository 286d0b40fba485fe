using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlRelocationKillTests(PostgreSqlFixture fixture) : RelocationKillSpecification(
    fixture.UnderTest, typeof(PostgreSqlRelocationKillTests).Assembly.Location, new PostgreSqlStatementWatch(), isResumable: false);

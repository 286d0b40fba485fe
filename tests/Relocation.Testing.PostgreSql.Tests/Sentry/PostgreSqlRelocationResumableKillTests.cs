using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlRelocationResumableKillTests(PostgreSqlFixture fixture) : RelocationKillSpecification(
    fixture.UnderTest, typeof(PostgreSqlRelocationResumableKillTests).Assembly.Location, new PostgreSqlStatementWatch(), isResumable: true);

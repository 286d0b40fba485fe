using Relocation.Testing.Specification.Sentry.Tasks;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteRelocationResumableKillTests() : RelocationKillSpecification(
    new SqliteUnderTest(SqliteTarget.TemporaryFile), typeof(SqliteRelocationResumableKillTests).Assembly.Location, new SqliteStatementWatch(), isResumable: true);

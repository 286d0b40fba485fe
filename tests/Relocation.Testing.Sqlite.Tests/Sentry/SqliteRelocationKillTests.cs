using Relocation.Testing.Specification.Sentry.Tasks;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteRelocationKillTests() : RelocationKillSpecification(
    new SqliteUnderTest(SqliteTarget.TemporaryFile), typeof(SqliteRelocationKillTests).Assembly.Location, new SqliteStatementWatch(), isResumable: false);

using Relocation.Testing.Specification.Sentry.Tasks;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteRelocationFinishTests() : RelocationFinishSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

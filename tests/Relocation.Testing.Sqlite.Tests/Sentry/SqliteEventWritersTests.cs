using Relocation.Testing.Specification.Sentry.Events;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteEventWritersTests() : EventWritersSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

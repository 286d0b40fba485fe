using Relocation.Testing.Specification.Sentry.Events;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteEventContentTests() : EventContentSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

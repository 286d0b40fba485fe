using Relocation.Testing.Specification.Sentry.Events;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteEventBatchTests() : EventBatchSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

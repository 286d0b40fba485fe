using Relocation.Testing.Specification.Sentry.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryNewerTests() : SentryNewerSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

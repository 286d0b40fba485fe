using Relocation.Testing.Specification.Sentry.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryWrittenTests() : SentryWrittenSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

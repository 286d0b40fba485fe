using Relocation.Testing.Specification.Sentry.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryWithinBackupTests() : SentryWithinBackupSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

using Relocation.Testing.Sqlite.Tests.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryResumableKillTests()
    : SentryKillSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile), typeof(SqliteSentryResumableKillTests).Assembly.Location, isResumable: true);

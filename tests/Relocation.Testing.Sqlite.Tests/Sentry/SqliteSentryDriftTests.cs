using Relocation.Testing.Specification.Sentry.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryDriftTests() : SentryDriftSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

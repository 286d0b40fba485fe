using Relocation.Testing.Specification.Sentry.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentrySignalingTests() : SentrySignalingSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

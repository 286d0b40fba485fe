using Relocation.Testing.Specification.Sentry;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryRoundTripTests() : SentryRoundTripSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

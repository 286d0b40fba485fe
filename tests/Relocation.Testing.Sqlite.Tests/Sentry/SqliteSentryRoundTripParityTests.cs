using Relocation.Testing.Specification.Sentry;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryRoundTripParityTests() : SentryRoundTripParitySpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

using Relocation.Testing.Specification.Sentry;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteSentryExhaustiveTests() : SentryExhaustiveSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

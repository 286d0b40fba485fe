using Relocation.Testing.Specification.Sentry.Events;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteNormalizingTests() : NormalizingSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

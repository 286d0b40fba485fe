using Relocation.Testing.Specification.Sentry.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

public sealed class SqliteJsonTextTests() : JsonTextSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

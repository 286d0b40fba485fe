using Relocation.Testing.Specification.Sentry;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteRealBackupTests() : RealBackupSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile));

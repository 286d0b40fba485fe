using Relocation.Testing.Specification.Synthetic;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteHostileBackupTests() : HostileBackupSpecification(new SqliteUnderTest(SqliteTarget.InMemory));

using Relocation.Testing.Specification.Hosting;

namespace Relocation.Testing.Sqlite.Tests.Hosting;

public sealed class SqliteMemoryHostedApplicationTests() : HostedApplicationSpecification(new Databases.SqliteUnderTest(SqliteTarget.InMemory));

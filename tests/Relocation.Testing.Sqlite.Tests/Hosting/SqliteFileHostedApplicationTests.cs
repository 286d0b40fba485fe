using Relocation.Testing.Specification.Hosting;

namespace Relocation.Testing.Sqlite.Tests.Hosting;

public sealed class SqliteFileHostedApplicationTests() : HostedApplicationSpecification(new Databases.SqliteUnderTest(SqliteTarget.TemporaryFile));

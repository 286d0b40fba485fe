using Relocation.Testing.Specification.Synthetic;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlHostileBackupTests(PostgreSqlFixture fixture) : HostileBackupSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlOlderBackupTests(PostgreSqlFixture fixture) : OlderBackupSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Synthetic;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSyntheticBackupTests(PostgreSqlFixture fixture) : SyntheticBackupSpecification(fixture.UnderTest);

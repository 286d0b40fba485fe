using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlRealBackupTests(PostgreSqlFixture fixture) : RealBackupSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class PostgreSqlTestDatabaseTests(PostgreSqlFixture fixture) : TestDatabaseSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class PostgreSqlLeaseTests(PostgreSqlFixture fixture) : LeaseSpecification(fixture.UnderTest);

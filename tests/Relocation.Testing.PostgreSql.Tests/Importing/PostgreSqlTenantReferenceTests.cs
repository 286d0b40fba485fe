using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlTenantReferenceTests(PostgreSqlFixture fixture) : TenantReferenceSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlUnresolvedReferenceTests(PostgreSqlFixture fixture) : UnresolvedReferenceSpecification(fixture.UnderTest);

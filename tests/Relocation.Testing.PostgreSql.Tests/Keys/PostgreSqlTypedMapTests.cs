using Relocation.Testing.Specification.Keys;

namespace Relocation.Testing.PostgreSql.Tests.Keys;

public sealed class PostgreSqlTypedMapTests(PostgreSqlFixture fixture) : TypedMapSpecification(fixture.UnderTest);

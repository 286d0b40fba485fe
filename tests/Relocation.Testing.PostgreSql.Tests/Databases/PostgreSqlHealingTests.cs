using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class PostgreSqlHealingTests(PostgreSqlFixture fixture) : HealingSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlMappingTests(PostgreSqlFixture fixture) : MappingSpecification(fixture.UnderTest);

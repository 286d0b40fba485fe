using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlLeftOutTests(PostgreSqlFixture fixture) : LeftOutSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlEverythingTests(PostgreSqlFixture fixture) : EverythingSpecification(fixture.UnderTest);

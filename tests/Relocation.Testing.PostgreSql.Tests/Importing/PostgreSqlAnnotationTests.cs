using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlAnnotationTests(PostgreSqlFixture fixture) : AnnotationSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlPartedImportTests(PostgreSqlFixture fixture) : PartedImportSpecification(fixture.UnderTest);

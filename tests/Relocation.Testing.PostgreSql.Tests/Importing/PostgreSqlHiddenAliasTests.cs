using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlHiddenAliasTests(PostgreSqlFixture fixture) : HiddenAliasSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Changes;

namespace Relocation.Testing.PostgreSql.Tests.Changes;

public sealed class PostgreSqlEverythingChangesTests(PostgreSqlFixture fixture) : EverythingChangesSpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlTriggerTests(PostgreSqlFixture fixture) : TriggerSpecification(fixture.UnderTest);

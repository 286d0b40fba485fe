using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSkippingTriggerTests(PostgreSqlFixture fixture) : SkippingTriggerSpecification(fixture.UnderTest);

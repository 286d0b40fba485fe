using Relocation.Testing.Specification.Resetting;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

public sealed class PostgreSqlResetToBaselineTests(PostgreSqlFixture fixture) : ResetToBaselineSpecification(fixture.UnderTest);

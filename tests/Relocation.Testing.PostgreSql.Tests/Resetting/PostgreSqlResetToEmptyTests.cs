using Relocation.Testing.Specification.Resetting;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

public sealed class PostgreSqlResetToEmptyTests(PostgreSqlFixture fixture) : ResetToEmptySpecification(fixture.UnderTest);

using Relocation.Testing.Specification.Matrices;

namespace Relocation.Testing.PostgreSql.Tests.Matrices;

public sealed class PostgreSqlCompatibilityMatrixTests(PostgreSqlFixture fixture) : CompatibilityMatrixSpecification(fixture.UnderTest);

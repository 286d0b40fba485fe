using Relocation.Testing.Specification;

namespace Relocation.Testing.PostgreSql.Tests;

public sealed class ComplianceTests
{
    [Fact]
    public void Every_specification_is_derived() => Assert.Empty(Compliance.Missing(typeof(ComplianceTests).Assembly));
}

using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests;

public sealed class ComplianceTests
{
    [Fact]
    public void Every_specification_is_derived() => Assert.Empty(Compliance.Missing(typeof(ComplianceTests).Assembly));

    [Fact]
    public void Every_test_of_Sentrys_imports_has_a_counterpart_or_an_excuse() => Assert.Empty(ParityList.Findings());
}

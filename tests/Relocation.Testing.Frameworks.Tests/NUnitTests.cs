using Relocation.Testing.Specification;

namespace Relocation.Testing.Frameworks.Tests;

public sealed class NUnitTests(NUnitInnerRun run) : NUnitSpecification(run), IClassFixture<NUnitInnerRun>
{
    protected override IEnumerable<string> Passing =>
        [.. base.Passing, "Comes_first", "Depends_on_another_test", "Depends_on_another_class"];

    [Theory]
    [Case("nunit-depends-on")]
    [InlineData("Comes_first")]
    [InlineData("Depends_on_another_test")]
    [InlineData("Is_needed_by_another_class")]
    [InlineData("Depends_on_another_class")]
    public void Tests_that_depend_on_others_run(string method) => AllPass(method, 1);
}

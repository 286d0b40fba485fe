namespace Relocation.Testing.Frameworks.Tests;

public sealed class NUnitTests(NUnitInnerRun run) : FrameworkSpecification(run), IClassFixture<NUnitInnerRun>
{
    protected override IEnumerable<string> Passing => [.. base.Passing, "Baseline_of_the_namespace", "Instance_for_each_test"];

    protected override string NotDescribed => "'MissingTargetTests' says nowhere what its database is made of.";

    [Fact]
    public void Fixture_of_a_namespace_gives_its_tests_the_baseline() => AllPass("Baseline_of_the_namespace", 1);

    [Fact]
    public void Tests_with_an_instance_each_share_the_baseline() => AllPass("Instance_for_each_test", 4);
}

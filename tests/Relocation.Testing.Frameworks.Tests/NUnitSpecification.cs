namespace Relocation.Testing.Frameworks.Tests;

/// <summary>What only NUnit does.</summary>
public abstract class NUnitSpecification(InnerRun run) : FrameworkSpecification(run)
{
    protected override IEnumerable<string> Passing =>
        [.. base.Passing, "Baseline_of_the_namespace", "Instance_for_each_test", "Is_needed_by_another_class"];

    protected override string NotDescribed => "'MissingTargetTests' says nowhere what its database is made of.";

    [Fact]
    public void Fixture_of_a_namespace_gives_its_tests_the_baseline() => AllPass("Baseline_of_the_namespace", 1);

    [Fact]
    public void Tests_with_an_instance_each_share_the_baseline() => AllPass("Instance_for_each_test", 4);
}

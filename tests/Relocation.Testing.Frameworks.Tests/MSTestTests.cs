namespace Relocation.Testing.Frameworks.Tests;

public sealed class MSTestTests(MSTestInnerRun run) : CaseArgumentSpecification(run, "MSTest"), IClassFixture<MSTestInnerRun>
{
    protected override IEnumerable<string> Passing =>
        [
            .. base.Passing, "Baseline_of_the_namespace", "Import_is_not_the_time_of_a_test", "Import_is_not_the_time_of_another_test",
            "Passes_though_its_time_ran_out",
        ];

    protected override string NotDescribed => "'MissingTargetTests' says nowhere what its database is made of.";

    protected override string[] FilterOfUnavailable => ["--filter", "Name~Database_that_is_not_available|Name~Map_of_a_backup"];

    [Fact]
    public void Database_of_a_test_that_passed_after_its_time_is_kept()
    {
        AllPass("Passes_though_its_time_ran_out", 1);
        Assert.Contains("left by a test that passed too late", run.KeptDatabase("CooperativeTests.Passes_though_its_time_ran_out").Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixture_of_a_namespace_gives_its_tests_the_baseline() => AllPass("Baseline_of_the_namespace", 1);

    /// <summary>The import takes longer than either test may, and is made once.</summary>
    [Fact]
    public void Limit_of_a_test_does_not_include_the_import_of_its_class()
    {
        AllPass("Import_is_not_the_time_of_a_test", 1);
        AllPass("Import_is_not_the_time_of_another_test", 1);
    }
}

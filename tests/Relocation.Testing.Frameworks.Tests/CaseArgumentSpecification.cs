namespace Relocation.Testing.Frameworks.Tests;

/// <summary>What is the same in frameworks that hand over a matrix's case as an argument, leave bodies running, and repeat tests.</summary>
public abstract class CaseArgumentSpecification(InnerRun inner, string framework) : FrameworkSpecification(inner)
{
    private readonly InnerRun _inner = inner;

    protected override IEnumerable<string> Passing =>
        [.. base.Passing, "Never_meets_a_test_that_goes_on", "Passes_when_it_is_repeated", "Hooks_of_the_class_have_the_database"];

    protected override string NotFitting => "'Matrix_with_parameters' takes other parameters than a BackupCase";

    /// <summary>Arguments that choose <c>Database_that_is_not_available</c> and <c>Map_of_a_backup</c>.</summary>
    protected abstract string[] FilterOfUnavailable { get; }

    /// <summary>Its body is still at work when the next test, which looks for its rows, has its database.</summary>
    [Fact]
    public void Body_that_outlives_its_time_never_meets_the_next_test()
    {
        Assert.Equal("failed", Run.Test("Goes_on_writing_after_its_time").Outcome);
        AllPass("Never_meets_a_test_that_goes_on", 1);
    }

    [Fact]
    public void Database_of_a_test_whose_time_ran_out_is_kept()
    {
        var (path, content) = _inner.KeptDatabase("OutlivingTests.Goes_on_writing_after_its_time");

        Assert.Contains("late 1", content, StringComparison.Ordinal);
        Assert.Contains($"is kept as '{path}'", Run.Test("Goes_on_writing_after_its_time").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_that_passes_when_it_is_repeated_had_a_database_each_time_and_leaves_none()
    {
        Assert.Contains("passed ", Run.Tests("Passes_when_it_is_repeated"));
        Assert.Empty(_inner.KeptDatabases("RepeatedTests.Passes_when_it_is_repeated"));
    }

    [Fact]
    public void Run_ends_though_a_test_does_not() => Test_fails_with_the_reason("Test_that_outlives_its_time", null, TimeThatRanOut);

    [Fact]
    public void Hooks_of_a_class_have_the_database_of_the_test() => AllPass("Hooks_of_the_class_have_the_database", 1);

    [Fact]
    public void Database_that_is_not_available_fails_on_a_build_server() => Assert.Equal("failed", Run.Test("Database_that_is_not_available").Outcome);

    [Fact]
    public async Task Tests_are_skipped_loudly_at_a_desk()
    {
        var run = await RunAsync(FilterOfUnavailable);

        Assert.Equal("skipped", run.Test("Database_that_is_not_available").Outcome);
        Assert.Contains("NOT RUN", run.Test("Database_that_is_not_available").Text, StringComparison.Ordinal);
        Assert.Equal(3, run.Count("skipped"));
        Assert.Contains("skipped (same.json, PostgreSQL)", run.Tests("Map_of_a_backup"));
        Assert.Contains("passed (same.json, SQLite)", run.Tests("Map_of_a_backup"));
    }

    /// <summary>Runs some of the tests as on a developer's machine.</summary>
    private protected Task<TestRun> RunAsync(params string[] filter) => TestProgram.RunAsync(
        Path.Combine("Inner", framework),
        $"Relocation.Testing.Inner.{framework}",
        new Dictionary<string, string>
        {
            ["RELOCATION_ARTIFACTS"] = _inner.ArtifactsFolder,
            ["RELOCATION_TEST_POSTGRES"] = TestProgram.NoServer,
        },
        filter);
}

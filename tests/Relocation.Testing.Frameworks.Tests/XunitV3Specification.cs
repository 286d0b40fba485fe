namespace Relocation.Testing.Frameworks.Tests;

/// <summary>What only xUnit v3 does.</summary>
public abstract class XunitV3Specification(InnerRun run) : FrameworkSpecification(run)
{
    [Fact]
    public void Database_of_a_test_whose_time_ran_out_is_kept()
    {
        var (outcome, text) = Run.Test("Test_whose_time_runs_out");

        Assert.Equal("failed", outcome);
        Assert.Contains("20000", text, StringComparison.Ordinal);
        Assert.Contains("left by a test that ran out of time", Inner.KeptDatabase("CancelledTests.Test_whose_time_runs_out").Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ends_though_a_test_does_not()
    {
        var (outcome, text) = Run.Test("Test_that_outlives_its_time");

        Assert.Equal("failed", outcome);
        Assert.Contains("1500", text, StringComparison.Ordinal);
    }

    protected override string NotDescribed => "The test database has no target. Set Target to where it comes from:";
}

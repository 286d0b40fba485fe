namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV3Tests(XunitV3InnerRun run) : FrameworkSpecification(run), IClassFixture<XunitV3InnerRun>
{
    [Fact]
    public void Database_of_a_test_whose_time_ran_out_is_kept()
    {
        var (outcome, text) = run.Result.Test("Test_whose_time_runs_out");

        Assert.Equal("failed", outcome);
        Assert.Contains("20000", text, StringComparison.Ordinal);
        Assert.Contains("left by a test that ran out of time", run.KeptDatabase("CancelledTests.Test_whose_time_runs_out").Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ends_though_a_test_does_not()
    {
        var (outcome, text) = run.Result.Test("Test_that_outlives_its_time");

        Assert.Equal("failed", outcome);
        Assert.Contains("1500", text, StringComparison.Ordinal);
    }

    protected override string NotDescribed => "The test database has no target. Set Target to where it comes from:";
}

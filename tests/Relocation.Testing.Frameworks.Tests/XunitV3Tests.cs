namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV3Tests(XunitV3InnerRun run) : FrameworkSpecification(run), IClassFixture<XunitV3InnerRun>
{
    [Fact]
    public void Test_that_outlives_its_time_fails_and_its_database_is_kept_and_given_back()
    {
        var (outcome, text) = run.Result.Test("Test_that_outlives_its_time");
        var (path, content) = run.KeptDatabase("CancelledTests.Test_that_outlives_its_time");

        Assert.Equal("failed", outcome);
        Assert.Contains("1500", text, StringComparison.Ordinal);
        Assert.Contains($"is kept as '{path}'", text, StringComparison.Ordinal);
        Assert.Contains("left by a test without end", content, StringComparison.Ordinal);
    }

    protected override string NotDescribed => "The test database has no target. Set Target to where it comes from:";
}

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>What tests with a baseline do in every framework, seen from outside: outcomes, messages, files.</summary>
public abstract class FrameworkSpecification(InnerRun inner)
{
    private TestRun Run => inner.Result;

    [Fact]
    public void Tests_fail_only_where_they_should()
    {
        Assert.Equal(2, Run.ExitCode);
        Assert.Equal(8, Run.Count("succeeded"));
        Assert.Equal(Run.Count("total"), Run.Count("failed") + 8);
    }

    [Fact]
    public void Tests_in_parallel_each_see_the_baseline_and_their_own_rows() =>
        Assert.Equal("passed", Run.Test("Turn").Outcome);

    [Theory]
    [InlineData("Broken_baseline_that_is_used")]
    [InlineData("Broken_baseline_that_is_not_used")]
    public void Each_test_says_why_the_baseline_is_broken(string method)
    {
        var (outcome, text) = Run.Test(method);

        Assert.Equal("failed", outcome);
        Assert.Contains("BackupFormatException", text, StringComparison.Ordinal);
        Assert.Contains("broken:1:33 /0 (shop.tag 3): The text ends before the array does.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NullReferenceException", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_differs_fails_with_its_difference()
    {
        var (outcome, text) = Run.Test("Map_that_differs");
        var (received, map) = inner.Artifact("SnapshotTests.Map_that_differs.received.txt");
        var (diff, difference) = inner.Artifact("SnapshotTests.Map_that_differs.diff.txt");

        Assert.Equal("failed", outcome);
        Assert.Contains("SnapshotMismatchException", text, StringComparison.Ordinal);
        Assert.Contains("shop.tag 4", text, StringComparison.Ordinal);
        Assert.Contains("shop.tag 9", text, StringComparison.Ordinal);
        Assert.Contains($"Attached: {received}", text, StringComparison.Ordinal);
        Assert.Contains($"Attached: {diff}", text, StringComparison.Ordinal);
        Assert.EndsWith("shop.tag 9 -> 2 inserted", map, StringComparison.Ordinal);
        Assert.Contains("shop.tag 4", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_nobody_approved_is_received_under_the_name_of_the_test_and_its_arguments()
    {
        var (outcome, text) = Run.Test("Text_that_nobody_approved");
        var (received, content) = inner.Artifact("SnapshotTests.Text_that_nobody_approved_name=a-b_number=1.5.received.txt");

        Assert.Equal("failed", outcome);
        Assert.Contains(received, text, StringComparison.Ordinal);
        Assert.EndsWith("a/b 1.5", content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Map_that_differs", "SnapshotTests.Map_that_differs.received.txt")]
    [InlineData("Map_that_differs", "SnapshotTests.Map_that_differs.diff.txt")]
    [InlineData("Text_that_nobody_approved", "SnapshotTests.Text_that_nobody_approved_name=a-b_number=1.5.received.txt")]
    public void Received_files_are_attached_to_the_test(string method, string file) =>
        Assert.True(Run.HasAttachment(method, file), Run.Output);

    [Fact]
    public void A_failed_test_says_which_database_it_had()
    {
        var (outcome, text) = Run.Test("Plain_failure");

        Assert.Equal("failed", outcome);
        Assert.Contains("on purpose", text, StringComparison.Ordinal);
        Assert.Contains("Test database: SQLite: ", text, StringComparison.Ordinal);
    }
}

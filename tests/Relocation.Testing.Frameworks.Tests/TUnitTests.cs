namespace Relocation.Testing.Frameworks.Tests;

public sealed class TUnitTests(TUnitInnerRun run) : CaseArgumentSpecification(run, "TUnit"), IClassFixture<TUnitInnerRun>
{
    protected override string NotDescribed => "The test database has no target. Set Target to where it comes from:";

    protected override string TimeThatRanOut => "00:00:01.5";

    protected override string[] FilterOfUnavailable => ["--treenode-filter", "/*/*/(UnavailableTests)|(MatrixTests)/*"];

    /// <summary>There is nothing to give back, which is no error of its own.</summary>
    [Fact]
    public void Test_without_a_database_fails_with_its_own_reason()
    {
        Test_fails_with_the_reason("Test_that_is_not_initialized", null, "not initialized on purpose");
        Assert.DoesNotContain("AfterTest", Run.Test("Test_that_is_not_initialized").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_of_a_matrix_are_filtered_by_engine()
    {
        var filtered = await RunAsync("--treenode-filter", "/*/*/MatrixTests/Map_of_an_engine*[Engine=SQLite]");
        var other = await RunAsync("--treenode-filter", "/*/*/MatrixTests/Map_of_an_engine*[Engine=PostgreSQL]");

        Assert.Equal(["passed (same.json, SQLite)"], filtered.Tests("Map_of_an_engine"));
        Assert.Empty(other.Tests("Map_of_an_engine"));
    }
}

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>The inner tests of xUnit v2 on a developer's machine, where the PostgreSQL server that they are sent to does not answer.</summary>
public sealed class XunitV2UnavailableTests
{
    private const string Reason = "No test database can be created on the PostgreSQL server";

    [Fact]
    public async Task Tests_are_skipped_loudly_at_a_desk_where_xUnit_lets_them()
    {
        var run = await RunAsync("FullyQualifiedName~.AwayTests.");

        Assert.Equal(["skipped "], run.Tests("Fact_without_a_server"));
        Assert.Equal(["skipped (number: 1)", "skipped (number: 2)"], run.Tests("Theory_without_a_server"));
        Assert.Equal(["skipped (number: 3)", "skipped (number: 4)"], run.Tests("Late_theory_without_a_server"));
        Assert.Equal(["failed "], run.Tests("Plain_fact_without_a_server"));
        Assert.Contains("NOT RUN", run.Test("Fact_without_a_server").Text, StringComparison.Ordinal);
        Assert.Contains(Reason, run.Test("Fact_without_a_server").Text, StringComparison.Ordinal);
        Assert.Contains(Reason, run.Test("Plain_fact_without_a_server").Text, StringComparison.Ordinal);
        Assert.Equal(5, run.Count("skipped"));
    }

    [Fact]
    public async Task A_run_in_which_all_are_skipped_ends_well()
    {
        var run = await RunAsync("FullyQualifiedName~.AwayTests.Theory_without_a_server");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Count("skipped"));
    }

    [Fact]
    public async Task Tests_of_a_matrix_are_filtered_by_engine_and_skipped_alone()
    {
        var run = await RunAsync("FullyQualifiedName~.MatrixTests.Map_of_a_backup&Engine=PostgreSQL");

        Assert.Equal(["skipped (same.json, PostgreSQL)", "skipped (v2/changed.json, PostgreSQL)"], run.Tests("Map_of_a_backup"));
        Assert.Contains(Reason, run.Test("Map_of_a_backup").Text, StringComparison.Ordinal);
    }

    private static async Task<TestRun> RunAsync(string filter)
    {
        var results = Directory.CreateTempSubdirectory("relocation-results-");
        try
        {
            var variables = new Dictionary<string, string> { ["RELOCATION_TEST_POSTGRES"] = TestProgram.NoServer };
            return await TestProgram.RunByVSTestAsync(
                Path.Combine("Inner", "XunitV2"), "Relocation.Testing.Inner.XunitV2", variables, results.FullName, $"--TestCaseFilter:{filter}");
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }
}

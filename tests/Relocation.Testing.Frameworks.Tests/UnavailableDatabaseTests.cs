namespace Relocation.Testing.Frameworks.Tests;

/// <summary>The sample tests, where the PostgreSQL server that they are sent to does not answer.</summary>
public sealed class UnavailableDatabaseTests
{
    private const string Reason = "No test database can be created on the PostgreSQL server";

    public static TheoryData<string, string, string> Frameworks => new()
    {
        { "XunitV3", "--filter-class", "*PostgreSqlShopTests" },
        { "NUnit", "--filter", "FullyQualifiedName~PostgreSqlShopTests" },
    };

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Tests_are_skipped_loudly_at_a_desk(string framework, string option, string filter)
    {
        var run = await RunAsync(framework, [option, filter], isServer: false);

        Assert.Equal(8, run.Count("total"));
        Assert.Equal(8, run.Count("skipped"));
        Assert.Contains("NOT RUN", run.Test("Orders_are_deleted").Text, StringComparison.Ordinal);
        Assert.Contains(Reason, run.Test("Orders_are_deleted").Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Tests_fail_on_a_build_server(string framework, string option, string filter)
    {
        var run = await RunAsync(framework, [option, filter], isServer: true);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(8, run.Count("failed"));
        Assert.Contains(Reason, run.Test("Orders_are_deleted").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XunitV3", "--filter-class", "*.BackupTests", false)]
    [InlineData("XunitV3", "--filter-class", "*.BackupTests", true)]
    [InlineData("NUnit", "--filter", "FullyQualifiedName~.BackupTests", false)]
    [InlineData("NUnit", "--filter", "FullyQualifiedName~.BackupTests", true)]
    public async Task Tests_of_a_matrix_pass_on_the_other_engine(string framework, string option, string filter, bool isServer)
    {
        var run = await RunAsync(framework, [option, filter], isServer);

        var missing = isServer ? "failed" : "skipped";
        string[] expected =
            [
                $"{missing} (complete.json, PostgreSQL)", $"{missing} (drift.json, PostgreSQL)", $"{missing} (types.json, PostgreSQL)",
                "passed (complete.json, SQLite)", "passed (drift.json, SQLite)", "passed (types.json, SQLite)",
            ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), run.Tests("Backups_of_all_versions_still_import"));
        Assert.Contains(
            Reason, run.Test("Backups_of_all_versions_still_import", "drift.json, PostgreSQL").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XunitV3", "--filter-trait", "Engine=SQLite")]
    [InlineData("NUnit", "--filter", "Engine=SQLite")]
    public async Task Tests_of_a_matrix_are_filtered_by_engine(string framework, string option, string filter)
    {
        var run = await RunAsync(framework, [option, filter], isServer: true);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, run.Tests("Backups_of_all_versions_still_import").Length);
    }

    private static Task<TestRun> RunAsync(string framework, string[] arguments, bool isServer)
    {
        var variables = new Dictionary<string, string> { ["RELOCATION_TEST_POSTGRES"] = TestProgram.NoServer };
        if (isServer)
        {
            variables.Add("CI", "true");
        }

        var project = $"Relocation.Testing.Samples.{framework}";
        return TestProgram.RunAsync(project, project, variables, arguments);
    }
}

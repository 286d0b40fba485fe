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

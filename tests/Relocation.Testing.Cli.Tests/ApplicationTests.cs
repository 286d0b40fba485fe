using Microsoft.Data.Sqlite;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

/// <summary>Contexts of a web application are created as its program configures them, by the shared frameworks and services that it has.</summary>
[Case("cli-web")]
public sealed class ApplicationTests : IDisposable
{
    private readonly Workplace _workplace = new();

    private static string Application { get; } = Path.Combine(
        Repository.Root, "tests", "Relocation.Testing.Samples.Web", "bin", Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", ".."), AppContext.BaseDirectory),
        "Relocation.Testing.Samples.Web.dll");

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Context_with_services_of_the_program_goes_the_whole_way()
    {
        string[] accounts = ["--assembly", Application, "--context", "AccountsContext"];

        (await _workplace.RunAsync(["generate", .. accounts, "--records", "60", "--output", "accounts.json"])).With(0);
        var imported = (await _workplace.RunAsync(["import", "accounts.json", .. accounts, "--database", "accounts_test.db", "--json"])).With(0).Json();

        Assert.Equal(60, imported.GetProperty("models").EnumerateArray().Sum(model => model.GetProperty("records").GetInt32()));
        await using var connection = new SqliteConnection($"Data Source={_workplace.PathOf("accounts_test.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM web_AspNetUsers";
        Assert.NotEqual(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Pooled_context_of_another_provider_is_created_for_the_database_that_is_asked_for()
    {
        var outcome = await _workplace.RunAsync("import", Workplace.Fixture("shop/complete.json"), "--assembly", Application, "--context", "ShopContext");

        Assert.Contains("Imported 57 of 57 records as ShopContext", outcome.With(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contexts_are_named_where_one_has_to_be_chosen()
    {
        var error = (await _workplace.RunAsync("graph", "--assembly", Application)).With(2).Error;

        Assert.Contains("AccountsContext", error, StringComparison.Ordinal);
        Assert.Contains("ShopContext", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_fails_before_its_host_is_built_is_named_and_constructors_are_used()
    {
        var outcome = await _workplace.ShellAsync(
            $"export ASPNETCORE_ENVIRONMENT=Production; relocation import '{Workplace.Fixture("shop/complete.json")}' --assembly '{Application}' --context ShopContext");

        Assert.Contains("Imported 57 of 57 records as ShopContext", outcome.With(0).Output, StringComparison.Ordinal);
        Assert.Contains(
            "could not be asked for its services: The connection string 'Shop' is missing.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_runs_tests_is_not_started() => Assert.False(ApplicationHost.IsIn(typeof(ApplicationTests).Assembly));
}

namespace Relocation.Testing.Cli.Tests;

public sealed class SentryImportTests : IDisposable
{
    private readonly Workplace _workplace = new();

    private static string Organization => Workplace.Fixture("sentry/organization.json");

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("users", 11, 2)]
    [InlineData("organizations", 99, 1)]
    [InlineData("config", 23, 2)]
    [InlineData("global", 136, 0)]
    public async Task Backup_is_imported_through_the_rules_of_its_scope(string command, int inserted, int dropped)
    {
        var outcome = (await _workplace.RunAsync(
            "import", command, Organization, "--database", "sentry_test.db", "--findings-file", "findings.json", "--json")).With(0);

        var counts = outcome.Json().GetProperty("counts");
        Assert.Equal((inserted, dropped), (counts.GetProperty("inserted").GetInt32(), counts.GetProperty("dropped").GetInt32()));
        Assert.Equal("[]", await File.ReadAllTextAsync(_workplace.PathOf("findings.json"), TestContext.Current.CancellationToken));
        Assert.Equal(command == "global" ? 0L : 3L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM sentry_lostpasswordhash"));
    }

    [Fact]
    public async Task Filter_and_merging_are_options()
    {
        (await _workplace.RunAsync("import", "users", Organization, "--database", "sentry_test.db", "--filter-usernames", "ada, ben")).With(0);
        (await _workplace.RunAsync("import", "users", Organization, "--database", "sentry_test.db", "--merge-users")).With(0);

        Assert.Equal(3L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM auth_user"));
    }

    [Fact]
    public async Task Refused_backup_writes_the_findings_file()
    {
        var backup = _workplace.Write(
            "long.json",
            "[{\"model\": \"sentry.user\", \"pk\": 4, \"fields\": {\"username\": \"" + new string('x', 129) + "\", \"name\": \"\", \"email\": \"\", \"password\": \"\"}}]");

        var outcome = (await _workplace.RunAsync("import", "users", backup, "--findings-file", "findings.json")).With(1);

        Assert.Contains("sentry.user 4", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"ValidationError\"", await File.ReadAllTextAsync(_workplace.PathOf("findings.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_filters_are_refused()
    {
        var outcome = (await _workplace.RunAsync(
            "import", "organizations", Organization, "--filter-org-slugs", "a", "--filter-org-slugs-file", "b")).With(2);

        Assert.Contains("both as a list and as a file", outcome.Error, StringComparison.Ordinal);
    }
}

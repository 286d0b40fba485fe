using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

/// <summary>The command line says success only when something was done, in text and JSON alike.</summary>
[Case("nothing-imported")]
public sealed class NothingImportedTests : IDisposable
{
    private const string Dump = """
        [{"model": "contenttypes.contenttype", "pk": 1, "fields": {"app_label": "auth"}},
         {"model": "auth.user", "pk": 1, "fields": {"username": "ada"}}]
        """;

    private const string Users = """
        [{"model": "sentry.user", "pk": 1, "fields": {"password": "", "last_login": null, "username": "ada", "name": "", "email": "ada@example.com",
          "is_staff": false, "is_active": true, "is_superuser": false, "is_managed": false, "is_password_expired": false, "last_password_change": null,
          "session_nonce": null, "date_joined": "2024-01-01T00:00:00Z", "last_active": null, "flags": "0"}}]
        """;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--scope global")]
    [InlineData("--scope organization")]
    public async Task Backup_of_which_nothing_is_known_makes_no_tables(string options)
    {
        _workplace.Write("dump.json", Dump);
        string[] command = ["import", "dump.json", "--database", "shop_test.db", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        var outcome = (await _workplace.RunAsync(command)).With(1);
        var json = (await _workplace.RunAsync([.. command, "--json"])).With(1).Json();

        Assert.Contains("knows no model of the backup: 'auth.user'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--model, --assembly", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("knows no model of the backup", json.GetRawText(), StringComparison.Ordinal);
        Assert.False(File.Exists(_workplace.PathOf("shop_test.db")));
    }

    [Theory]
    [InlineData("users", "--filter-usernames", "nobody")]
    [InlineData("organizations", "--filter-org-slugs", "no-such-org")]
    public async Task Filter_that_takes_nothing_is_refused_before_tables_are_made(string command, string option, string value)
    {
        var users = _workplace.Write("users.json", Users);

        var outcome = (await _workplace.RunAsync("import", command, users, option, value, "--database", "sentry_test.db")).With(1);

        Assert.Contains("Nothing was imported of", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workplace.PathOf("sentry_test.db")));
    }

    [Fact]
    public async Task Every_misspelt_name_is_a_finding()
    {
        _workplace.Write("users.json", Users);
        string[] command = ["import", "users", "users.json", "--filter-usernames", "ada,bob,carl", "--database"];

        var outcome = (await _workplace.RunAsync([.. command, "text_test.db"])).With(1);
        var json = (await _workplace.RunAsync([.. command, "json_test.db", "--json"])).With(1).Json();

        Assert.Contains("Finding: The filter on sentry.user.username asks for 'bob'", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("asks for 'carl'", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(("findings", 1), (json.GetProperty("status").GetString(), json.GetProperty("exitCode").GetInt32()));
        Assert.Equal(["filterValue", "filterValue"], json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("kind").GetString()));
        Assert.Equal(1L, _workplace.Scalar("json_test.db", "SELECT count(*) FROM auth_user"));
    }

    [Fact]
    public async Task Unknown_model_of_Sentrys_app_is_a_finding()
    {
        _workplace.Write("users.json", Users.TrimEnd(']') + """, {"model": "sentry.fromthefuture", "pk": 1, "fields": {}}]""");

        var outcome = (await _workplace.RunAsync("import", "users", "users.json", "--database", "sentry_test.db")).With(1);

        Assert.Contains("Finding: 1 record of 'sentry.fromthefuture' was left out", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_backup_is_fine_and_said_to_be_empty()
    {
        _workplace.Write("empty.json", "[]");

        var outcome = (await _workplace.RunAsync("import", "empty.json", "--database", "sentry_test.db")).With(0);
        var json = (await _workplace.RunAsync("import", "empty.json", "--database", "sentry_test.db", "--json")).With(0).Json();

        Assert.Contains("The backup is a list without records.", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, json.GetProperty("findings").GetArrayLength());
    }

    [Theory]
    [Case("triggers")]
    [InlineData("fire", 3, 2)]
    [InlineData("hold-back", 2, 0)]
    public async Task Triggers_fire_or_are_held_back_and_what_they_add_is_said(string triggers, int rows, int added)
    {
        _workplace.Write("users.json", Users);
        (await _workplace.RunAsync("import", "users", "users.json", "--database", "sentry_test.db")).With(0);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_workplace.PathOf("sentry_test.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE seen (day TEXT, n INT); INSERT INTO seen VALUES ('today', 1), ('yesterday', 1);"
                + "CREATE TRIGGER audit AFTER INSERT ON auth_user BEGIN INSERT INTO seen VALUES (new.username, 1); END";
            command.ExecuteNonQuery();
        }

        string[] again = ["import", "users", "users.json", "--triggers", triggers, "--database", "sentry_test.db"];
        var outcome = (await _workplace.RunAsync(again)).With(0);
        Assert.Equal(rows, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM seen"));
        var json = (await _workplace.RunAsync([.. again, "--json"])).With(0).Json();

        Assert.Equal(added > 0, outcome.Output.Contains("Rows that triggers added:\n  seen: 1 row", StringComparison.Ordinal));
        Assert.Equal(added > 0 ? 1 : 0, json.GetProperty("triggeredRows").GetArrayLength());
    }
}

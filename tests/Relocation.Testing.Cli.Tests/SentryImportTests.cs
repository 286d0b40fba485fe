using Relocation.Testing.Specification;

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
        (await _workplace.RunAsync("import", "users", Organization, "--database", "sentry_test.db", "--filter-usernames", "ada@example.com, ben@example.com")).With(0);
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

    [Theory]
    [InlineData("--suspended-users", "nearest", 1, "1")]
    [InlineData("--suspended-users", "leave-out", 1, "0")]
    [InlineData("--widening", "nearest", 1, null)]
    public async Task Who_would_get_more_access_is_named_and_an_option_decides(string option, string policy, int exitCode, string? users)
    {
        var backup = _workplace.Write(
            "suspended.json",
            """[{"model": "sentry.user", "pk": 4, "fields": {"username": "ada", "name": "", "email": "", "password": "", "is_suspended": true}}]""");

        var outcome = (await _workplace.RunAsync("import", "users", backup, "--database", "sentry_test.db", option, policy)).With(exitCode);

        if (users is null)
        {
            Assert.Contains("(sentry.user 4): Field 'is_suspended' takes something away from somebody", outcome.Error, StringComparison.Ordinal);
            Assert.Contains(" --suspended-users leaves it out, or takes what comes nearest.", outcome.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("SentryImportOptions", outcome.Error, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("1 record of 'sentry.user' would give somebody more access", outcome.Output + outcome.Error, StringComparison.Ordinal);
            Assert.Equal(long.Parse(users, System.Globalization.CultureInfo.InvariantCulture), _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM auth_user WHERE NOT is_active"));
        }
    }

    [Fact]
    public async Task Rules_for_other_versions_are_options()
    {
        var backup = _workplace.Write(
            "other.json",
            """
            [{"model": "sentry.person", "pk": 4, "fields": {"login": "ada", "name": "", "email": "", "password": "", "mood": "good"}},
             {"model": "sentry.plan", "pk": 1, "fields": {}}]
            """);

        (await _workplace.RunAsync(
            "import", "users", backup, "--database", "sentry_test.db", "--rule", "sentry.person=sentry.user", "--rule", "sentry.plan=dropped",
            "--rule", "sentry.user.login=username", "--rule", "sentry.user.mood=dropped")).With(0);
        var wrong = (await _workplace.RunAsync("import", "users", backup, "--rule", "sentry.person")).With(2);

        Assert.Equal(1L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM auth_user WHERE username = 'ada'"));
        Assert.Contains("--rule 'sentry.person' is not a rule. Give MODEL=NEW-MODEL", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_that_is_known_in_part_is_said_to_be()
    {
        var outcome = (await _workplace.RunAsync("inspect", Organization, "--model", "sentry@26.6")).With(0);
        var json = (await _workplace.RunAsync("inspect", Organization, "--model", "sentry@26.6", "--json")).With(0);
        var whole = (await _workplace.RunAsync("inspect", Organization, "--model", "sentry@24.9")).With(0);

        Assert.Contains("sentry@26.6 is known in part", outcome.Output, StringComparison.Ordinal);
        Assert.True(json.Json().GetProperty("partial").GetBoolean());
        Assert.DoesNotContain("in part", whole.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Case("sentry/digits")]
    [InlineData("import", null)]
    [InlineData("import", "as-json")]
    [InlineData("import config", null)]
    [InlineData("import config", "as-json")]
    public async Task What_texts_mean_is_decided_by_the_backup_or_an_option_and_said(string command, string? reading)
    {
        var backup = _workplace.Write(
            "digits.json",
            """
            [{"model": "sentry.option", "pk": 1, "fields": {"key": "a", "value": "12345", "last_updated": "2023-06-22T00:00:00.000Z", "last_updated_by": "unknown"}},
             {"model": "sentry.option", "pk": 2, "fields": {"key": "b", "value": "[1]", "last_updated": "2023-06-22T00:00:00.000Z", "last_updated_by": "unknown"}}]
            """);
        string[] arguments = [.. command.Split(' '), backup, .. reading is null ? Array.Empty<string>() : ["--json-texts", reading]];

        var text = (await _workplace.RunAsync([.. arguments, "--database", "sentry_test.db"])).With(0);
        var json = (await _workplace.RunAsync([.. arguments, "--json"])).With(0).Json().GetProperty("jsonTexts");

        Assert.Contains(
            reading is null
                ? "Texts in JSON fields are kept as they are, though the backup has both forms: 1 text of an older backup's form, 1 of a newer one's "
                    + "(first at line 2, /1, and at line 1, /0). --json-texts decides otherwise."
                : "Texts in JSON fields are read as JSON, as asked for (1 text of an older backup's form, 1 of a newer one's).",
            text.Output,
            StringComparison.Ordinal);
        Assert.Equal(reading is null ? "asText" : "asJson", json.GetProperty("reading").GetString());
        Assert.Equal((reading is not null, true, 1, 1, 0), (json.GetProperty("isAskedFor").GetBoolean(), json.GetProperty("isMixed").GetBoolean(),
            json.GetProperty("inText").GetInt32(), json.GetProperty("plain").GetInt32(), json.GetProperty("values").GetInt32()));
        Assert.Equal(reading is null ? 7L : 5L, _workplace.Scalar("sentry_test.db", "SELECT length(value) FROM sentry_option WHERE key = 'a'"));
    }

    [Fact]
    public async Task Keys_without_a_reference_that_lead_nowhere_are_named()
    {
        var backup = _workplace.Write(
            "monitor.json",
            """
            [{"model": "sentry.organization", "pk": 1, "fields": {"name": "o", "slug": "o"}},
             {"model": "sentry.project", "pk": 2, "fields": {"organization": 1, "name": "p", "slug": "p"}},
             {"model": "sentry.monitor", "pk": 3, "fields": {"organization_id": 1, "project_id": 2, "name": "m", "slug": "m", "config": {"alert_rule_id": 7}}}]
            """);

        var text = (await _workplace.RunAsync("import", "organizations", backup)).With(0);
        var json = (await _workplace.RunAsync("import", "organizations", backup, "--json")).With(0).Json().GetProperty("clearedKeys");
        var none = (await _workplace.RunAsync("import", "users", Organization, "--json")).With(0).Json();

        Assert.Contains("sentry.monitor 3: config.alert_rule_id, of sentry.rule", text.Output, StringComparison.Ordinal);
        Assert.Equal("[{\"model\":\"sentry.monitor\",\"key\":3,\"field\":\"config.alert_rule_id\",\"target\":\"sentry.rule\"}]",
            System.Text.Json.JsonSerializer.Serialize(json));
        Assert.False(none.TryGetProperty("clearedKeys", out _));
    }

    [Fact]
    public async Task Refused_backup_leaves_no_tables_in_a_database_that_had_none()
    {
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_workplace.PathOf("empty_test.db")};Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE mine (id integer)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var backup = _workplace.Write("long.json", "[{\"model\": \"sentry.email\", \"pk\": 4, \"fields\": {\"email\": 5}}]");

        foreach (var arguments in (string[][])[["import", "users", backup], ["import", backup, "--scope", "global"], ["import", backup]])
        {
            (await _workplace.RunAsync([.. arguments, "--database", "empty_test.db"])).With(1);

            Assert.Equal(1L, _workplace.Scalar("empty_test.db", "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'"));
        }
    }

    [Theory]
    [InlineData("--scope organization")]
    [InlineData("")]
    public async Task Import_goes_on_under_its_id_and_refuses_another_backup(string scope)
    {
        const string Id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        string[] arguments = ["import", Organization, .. scope.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--database", "sentry_test.db", "--resume", Id];
        var first = (await _workplace.RunAsync(arguments)).With(0);

        var again = (await _workplace.RunAsync(arguments)).With(0);

        Assert.Matches("(?m)^[0-9]+ chunks, 0 of them committed before.$", first.Output);
        Assert.Matches("(?m)^([0-9]+) chunks, \\1 of them committed before.$", again.Output);
        Assert.Equal(3L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM auth_user"));
        var other = _workplace.Write("other.json", "[]");
        var refused = (await _workplace.RunAsync([arguments[0], other, .. arguments[2..]])).With(1);
        Assert.Contains("begun with another backup", refused.Error, StringComparison.Ordinal);
        (await _workplace.RunAsync("import", Organization, "--resume", Id)).With(2);
    }

    [Fact]
    public async Task Silent_import_shows_nothing_and_options_must_fit_the_scope()
    {
        var outcome = (await _workplace.RunAsync("import", "global", Organization, "--silent", "--no-prompt")).With(0);

        Assert.Empty(outcome.Output + outcome.Error);
        (await _workplace.RunAsync("import", Organization, "--scope", "global", "--merge-users")).With(2);
        (await _workplace.RunAsync("import", Organization, "--merge-users")).With(2);
        (await _workplace.RunAsync("import", Organization, "--scope", "organization", "--filter-org-slugs", "nobody", "--merge-users", "--json")).With(1);
    }

    [Fact]
    public async Task Two_filters_are_refused()
    {
        var outcome = (await _workplace.RunAsync(
            "import", "organizations", Organization, "--filter-org-slugs", "a", "--filter-org-slugs-file", "b")).With(2);

        Assert.Contains("both as a list and as a file", outcome.Error, StringComparison.Ordinal);
    }
}

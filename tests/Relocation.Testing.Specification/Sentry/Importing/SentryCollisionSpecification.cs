using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>What is unique and taken is made again; what is there stays as it is.</summary>
public abstract class SentryCollisionSpecification(DatabaseUnderTest engine)
{
    private static readonly string Old = new('a', 64);

    [Fact]
    [Parity("12.5", "test_colliding_api_token")]
    public async Task Taken_api_token_is_minted_again_and_nulls_stay()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(Tokens().Backup, SentryScopes.Config);
        var before = await database.TextAsync("SELECT token, refresh_token, hashed_token, expires_at FROM sentry_apitoken ORDER BY id");

        await database.ImportAsync(Tokens().Backup, SentryScopes.Config);
        await database.ImportAsync(Tokens().Backup, SentryScopes.Config);

        Assert.Equal(before, await database.TextAsync("SELECT token, refresh_token, hashed_token, expires_at FROM sentry_apitoken WHERE id <= 3 ORDER BY id"));
        Assert.Equal("9|9|6", await database.TextAsync("SELECT count(DISTINCT token), count(DISTINCT hashed_token), count(DISTINCT refresh_token) FROM sentry_apitoken"));
        Assert.Equal("3|3", await database.TextAsync(
            "SELECT count(*), sum(CASE WHEN expires_at IS NULL THEN 1 ELSE 0 END) FROM sentry_apitoken WHERE refresh_token IS NULL"));
        Assert.Equal("4", await database.TextAsync("SELECT count(*) FROM sentry_apitoken WHERE id > 3 AND expires_at >= '2026-03-05'"));
        Assert.Equal("6", await database.TextAsync("SELECT count(*) FROM sentry_apitoken WHERE id > 3 AND substr(token, 61 + CASE WHEN token_type IS NULL THEN 0 ELSE 7 END) = token_last_characters"));
    }

    [Theory]
    [Case("sentry/merge-in-file")]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Users_of_one_name_in_a_backup_become_one_when_users_are_merged(int chunkSize)
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "dup", "d1@x.example").User(2, "dup", "d2@x.example").User(3, "DUP", "d3@x.example").Email(1, "d2@x.example")
            .UserEmail(1, 1, "d1@x.example").UserEmail(2, 2, "d2@x.example")
            .Add("useroption", 1, ("user", 2), ("key", "k"), ("value", "\"second\"")).Add("useroption", 2, ("user", 1), ("key", "k"), ("value", "\"first\""))
            .Organization(3, "so").Organization(4, "to").Member(5, 3, 1).Member(6, 4, 2);
        var options = new SentryImportOptions { Clock = SentryImports.Options.Clock, Flags = new SentryImportFlags { MergeUsers = true }, ChunkSize = chunkSize };

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization, options);

        var users = result.Map.Of(ModelLabel.Parse("sentry.user")).ToList();
        Assert.Equal([KeyMappingKind.Inserted, KeyMappingKind.Existing, KeyMappingKind.Inserted], users.Select(user => user.Kind));
        Assert.Equal(users[0].New, users[1].New);
        Assert.Equal("dup|d1@x.example|1", await database.TextAsync(
            $"SELECT u.username, e.email, u.id - {users[0].New} + 1 FROM auth_user u JOIN sentry_useremail e ON e.user_id = u.id WHERE u.id = {users[0].New}"));
        Assert.Equal("\"first\"", await database.TextAsync("SELECT value FROM sentry_useroption"));
        Assert.Equal("2|1", await database.TextAsync("SELECT count(*), count(DISTINCT user_id) FROM sentry_organizationmember"));
    }

    [Theory]
    [Case("sentry/overwrite-in-file")]
    [InlineData("option", "sentry_option", 1)]
    [InlineData("option", "sentry_option", 1_000)]
    [InlineData("controloption", "sentry_controloption", 1_000)]
    public async Task Last_value_of_a_backup_holds_when_configuration_is_overwritten_and_the_first_when_not(string model, string table, int chunkSize)
    {
        foreach (var (overwrites, held) in new[] { (true, "\"three\""), (false, "\"one\"") })
        {
            await using var database = await engine.SentryImportAsync();
            var records = new SentryRecords();
            foreach (var (at, value) in new[] { "one", "two", "three" }.Index())
            {
                records.Add(model, at + 1, ("key", "k"), ("value", $"\"{value}\""));
            }

            records.Add(model, 9, ("key", "other"), ("value", 1));
            var options = new SentryImportOptions
            {
                Clock = SentryImports.Options.Clock, Flags = new SentryImportFlags { OverwriteConfigs = overwrites }, ChunkSize = chunkSize,
            };

            var result = await database.ImportAsync(records.Backup, SentryScopes.Config, options);
            Assert.Equal($"k|{held}\nother|1", await database.TextAsync($"SELECT key, value FROM {table} ORDER BY id"));
            Assert.Single(result.Map.Of(ModelLabel.Parse($"sentry.{model}")).Take(3).Select(mapping => mapping.New).Distinct());

            // What the database has by now is written over as well.
            await database.RunAsync($"UPDATE {table} SET value = '0'");
            await database.ImportAsync(records.Backup, SentryScopes.Config, options);
            Assert.Equal(overwrites ? "k|\"three\"\nother|1" : "k|0\nother|0", await database.TextAsync($"SELECT key, value FROM {table} ORDER BY id"));
        }
    }

    [Theory]
    [Case("sentry/projectoption-in-file")]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Last_value_of_a_projects_option_holds(int chunkSize)
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().Organization(1, "acme").Project(2, 1, "p").Project(3, 1, "q");
        foreach (var (at, (project, value)) in new[] { (2, "one"), (3, "mine"), (2, "two"), (2, "three") }.Index())
        {
            records.Add("projectoption", at + 3, ("project", project), ("key", "sentry:option-epoch"), ("value", $"\"{value}\""));
        }

        foreach (var scope in new[] { SentryScopes.Organization, SentryScopes.Global })
        {
            await database.ImportAsync(records.Backup, scope, new SentryImportOptions { Clock = SentryImports.Options.Clock, ChunkSize = chunkSize });

            Assert.Equal("p|\"three\"\nq|\"mine\"", await database.TextAsync(
                "SELECT p.slug, o.value FROM sentry_projectoptions o JOIN sentry_project p ON p.id = o.project_id ORDER BY o.id"));
        }
    }

    [Fact]
    [Parity("12.5", "test_colliding_member_invite_token")]
    public async Task Token_of_an_invitation_is_kept_when_it_is_free_and_taken_back_when_it_is_not()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().Organization(1, "acme")
            .Member(1, 1, null, ("email", "a@example.com"), ("token", "secret"), ("token_expires_at", "2030-01-01T00:00:00.000Z")).Backup;
        await database.ImportAsync(backup, SentryScopes.Organization);

        await database.ImportAsync(backup, SentryScopes.Organization);

        Assert.Equal("secret|1\nnull|0", await database.TextAsync(
            "SELECT token, CASE WHEN token_expires_at IS NULL THEN 0 ELSE 1 END FROM sentry_organizationmember ORDER BY id"));
    }

    [Fact]
    [Parity("12.5", "test_colliding_monitor")]
    public async Task Monitor_always_gets_a_guid_of_its_own()
    {
        await using var database = await engine.SentryImportAsync();
        const string Guid = "3c5f0c1e-7d4b-4b5e-9d0a-0f6a6e4c2b11";
        var backup = new SentryRecords().Organization(1, "acme").Project(1, 1, "api").Add("team", 4, ("organization", 1), ("slug", "t"), ("name", "t"))
            .Add("monitor", 1, ("organization_id", 1), ("project_id", 1), ("guid", Guid), ("slug", "m"), ("name", "m"), ("owner_team_id", 4)).Backup;

        await database.ImportAsync(backup, SentryScopes.Organization);
        await database.ImportAsync(backup, SentryScopes.Organization);

        Assert.Equal("2", await database.TextAsync("SELECT count(DISTINCT guid) FROM sentry_monitor"));
        Assert.DoesNotContain(Guid, await database.TextAsync("SELECT guid FROM sentry_monitor"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("2", await database.TextAsync(
            "SELECT count(*) FROM sentry_monitor m JOIN sentry_team t ON t.id = m.owner_team_id AND t.organization_id = m.organization_id"));
    }

    [Fact]
    [Parity("12.5", "test_colliding_org_auth_token")]
    public async Task Taken_token_of_an_organization_is_minted_again_with_its_final_slug()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().Organization(1, "acme")
            .Add("orgauthtoken", 1, ("organization_id", 1), ("token_hashed", "taken"), ("token_last_characters", "abcd"), ("name", "t")).Backup;
        await database.ImportAsync(backup, SentryScopes.Organization);

        var without = await database.ImportAsync(backup, SentryScopes.Organization);
        var options = new SentryImportOptions { Clock = SentryImports.Options.Clock, UrlPrefix = "https://sentry.example.com" };
        await database.ImportAsync(backup, SentryScopes.Organization, options);
        await database.ImportAsync(backup, SentryScopes.Organization, options);

        Assert.Contains("UrlPrefix", Assert.Single(without.Records.Dropped).Rule, StringComparison.Ordinal);
        Assert.Equal("taken|abcd", await database.TextAsync("SELECT token_hashed, token_last_characters FROM sentry_orgauthtoken WHERE id = 1"));
        Assert.Equal("3|3", await database.TextAsync("SELECT count(*), count(DISTINCT token_hashed) FROM sentry_orgauthtoken"));
        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM sentry_orgauthtoken WHERE length(token_hashed) = 64 AND length(token_last_characters) = 4"));
    }

    [Fact]
    [Parity("12.5", "test_colliding_project_key")]
    public async Task Taken_part_of_a_project_key_is_made_again_alone()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(Keys("a", "b").Backup, SentryScopes.Organization);

        await database.ImportAsync(Keys("a", "c").Backup, SentryScopes.Organization);
        await database.ImportAsync(Keys("d", "b").Backup, SentryScopes.Organization);
        await database.ImportAsync(Keys("a", "b").Backup, SentryScopes.Organization);

        Assert.Equal("4|4|4", await database.TextAsync("SELECT count(*), count(DISTINCT public_key), count(DISTINCT secret_key) FROM sentry_projectkey"));
        Assert.Equal($"{new string('c', 32)}", await database.TextAsync("SELECT secret_key FROM sentry_projectkey WHERE id = 2"));
        Assert.Equal($"{new string('d', 32)}", await database.TextAsync("SELECT public_key FROM sentry_projectkey WHERE id = 3"));
        Assert.All(
            (await database.TextAsync("SELECT public_key FROM sentry_projectkey UNION SELECT secret_key FROM sentry_projectkey")).Split('\n'),
            key => Assert.Matches("^[0-9a-f]{32}$", key));
    }

    [Fact]
    [Parity("12.5", "test_colliding_query_subscription")]
    public async Task Subscription_always_gets_an_id_of_its_own()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().Organization(1, "acme").Project(1, 1, "api")
            .Add("snubaquery", 1, ("type", 0), ("dataset", "events"), ("query", ""), ("aggregate", "count()"), ("time_window", 60), ("resolution", 60))
            .Add("querysubscription", 1, ("project", 1), ("snuba_query", 1), ("type", "incidents"), ("subscription_id", "0/taken")).Backup;

        await database.ImportAsync(backup, SentryScopes.Organization);
        await database.ImportAsync(backup, SentryScopes.Organization);

        var ids = (await database.TextAsync("SELECT subscription_id FROM sentry_querysubscription")).Split('\n');
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9]+/[0-9a-f]{32}$", id));
    }

    [Fact]
    [Parity("12.5", "test_colliding_saved_search")]
    public async Task Search_of_the_whole_instance_comes_in_global_scope_only()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().Organization(1, "acme")
            .Add("savedsearch", 1, ("organization", null), ("is_global", true), ("name", "all"), ("query", "is:unresolved"), ("visibility", "organization"))
            .Add("savedsearch", 2, ("organization", 1), ("is_global", false), ("name", "own"), ("query", "is:unresolved"), ("visibility", "organization")).Backup;

        await database.ImportAsync(backup, SentryScopes.Global);
        Assert.Equal("all\nown", await database.TextAsync("SELECT name FROM sentry_savedsearch ORDER BY name"));
        var result = await database.ImportAsync(backup, SentryScopes.Organization);

        Assert.Equal("all\nown\nown", await database.TextAsync("SELECT name FROM sentry_savedsearch ORDER BY name"));
        Assert.NotNull(Assert.Single(result.Records.Dropped).Rule);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Parity("12.5", "test_colliding_configs_overwrite_configs_enabled_in_config_scope")]
    [Parity("12.5", "test_colliding_configs_overwrite_configs_disabled_in_config_scope")]
    public async Task Configuration_that_is_there_stays_or_is_written_over(bool overwrites)
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(Configs("old", 1).Backup, SentryScopes.Config);

        var result = await database.ImportAsync(
            Configs("new", 11).Backup, SentryScopes.Config, SentryImports.With(new SentryImportFlags { OverwriteConfigs = overwrites }));

        var kind = overwrites ? KeyMappingKind.Overwrite : KeyMappingKind.Existing;
        Assert.Equal(5, result.Map.Count);
        Assert.All(result.Map.Entries, entry => Assert.Equal((kind, "11", "1"), (entry.Kind, entry.Old.ToString(), entry.New.ToString())));
        var value = overwrites ? "new" : "old";
        Assert.Equal(
            $"\"{value}\"|\"{value}\"|{value}|{value}|['{value}']",
            (await database.TextAsync(
                "SELECT (SELECT value FROM sentry_option), (SELECT value FROM sentry_controloption), (SELECT public_key FROM sentry_relay), "
                + "(SELECT public_key FROM sentry_relayusage), (SELECT CAST(permissions AS text) FROM sentry_userrole)"))
                .Replace("[\"", "['", StringComparison.Ordinal).Replace("\"]", "']", StringComparison.Ordinal)
                .Replace("{", "['", StringComparison.Ordinal).Replace("}", "']", StringComparison.Ordinal));
        var map = overwrites ? "overwrite_map" : "existing_map";
        Assert.Equal("{\"11\":1}", await database.TextAsync($"SELECT {map} FROM sentry_regionimportchunk WHERE model = 'sentry.option' AND min_source_pk = 11"));
    }

    [Fact]
    [Parity("12.5", "test_colliding_user_with_merging_enabled_in_user_scope")]
    public Task User_who_is_there_is_merged_in_user_scope() => MustMergeAsync(SentryScopes.User);

    [Fact]
    [Parity("12.5", "test_colliding_user_with_merging_enabled_in_organization_scope")]
    public Task User_who_is_there_is_merged_in_organization_scope() => MustMergeAsync(SentryScopes.Organization);

    [Fact]
    [Parity("12.5", "test_colliding_user_with_merging_enabled_in_config_scope")]
    public Task User_who_is_there_is_merged_in_config_scope() => MustMergeAsync(SentryScopes.Config);

    [Fact]
    [Parity("12.5", "test_colliding_user_with_merging_disabled_in_user_scope")]
    public Task User_whose_name_is_taken_is_added_in_user_scope() => MustAddAsync(SentryScopes.User);

    [Fact]
    [Parity("12.5", "test_colliding_user_with_merging_disabled_in_organization_scope")]
    public Task User_whose_name_is_taken_is_added_in_organization_scope() => MustAddAsync(SentryScopes.Organization);

    [Fact]
    [Parity("12.5", "test_colliding_user_with_merging_disabled_in_config_scope")]
    public Task User_whose_name_is_taken_is_added_in_config_scope() => MustAddAsync(SentryScopes.Config);

    private static SentryRecords Tokens() => new SentryRecords().User(1, "ada")
        .Add("apitoken", 1, ("user", 1), ("token", Old), ("refresh_token", new string('b', 64)), ("expires_at", "2025-01-01T00:00:00.000Z"), ("application", null))
        .Add("apitoken", 2, ("user", 1), ("token", new string('c', 64)), ("refresh_token", null), ("expires_at", null), ("application", null))
        .Add("apitoken", 3, ("user", 1), ("token", "sntryu_" + new string('d', 64)), ("token_type", "sntryu_"), ("refresh_token", new string('e', 64)),
            ("expires_at", "2025-01-01T00:00:00.000Z"), ("application", null));

    private static SentryRecords Keys(string open, string secret) => new SentryRecords().Organization(1, "acme").Project(1, 1, "api")
        .Add("projectkey", 1, ("project", 1), ("label", "k"), ("public_key", new string(open[0], 32)), ("secret_key", new string(secret[0], 32)));

    private static SentryRecords Configs(string value, long key) => new SentryRecords()
        .Add("option", key, ("key", "a"), ("value", $"\"{value}\""))
        .Add("controloption", key, ("key", "a"), ("value", $"\"{value}\""))
        .Add("relay", key, ("relay_id", "r"), ("public_key", value))
        .Add("relayusage", key, ("relay_id", "r"), ("version", "1"), ("public_key", value))
        .Add("userrole", key, ("name", "role"), ("permissions", $"['{value}']"));

    private static SentryRecords Colliding(long key, string name) => new SentryRecords()
        .User(key, name, "new@example.com", ("name", "imported"))
        .Email(key, "new@example.com")
        .UserEmail(key, key, "new@example.com")
        .Add("useroption", key, ("user", key), ("key", "language"), ("value", "\"de\""))
        .Add("userpermission", key, ("user", key), ("permission", "users.admin"))
        .Organization(key, "acme")
        .Member(key, key, key, ("token", "secret"), ("token_expires_at", "2030-01-01T00:00:00.000Z"));

    private async Task MustMergeAsync(ImportScope scope)
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(new SentryRecords().User(1, "ada", "old@example.com", ("name", "there")).Backup, SentryScopes.User);
        var before = await database.TextAsync("SELECT * FROM auth_user");

        var result = await database.ImportAsync(Colliding(5, "ada").Backup, scope, SentryImports.With(new SentryImportFlags { MergeUsers = true }));

        Assert.Equal(before, await database.TextAsync("SELECT * FROM auth_user"));
        var user = ModelLabel.Parse("sentry.user");
        Assert.Equal(new KeyMapping(user, RecordKey.From(5), RecordKey.From(1), KeyMappingKind.Existing), Assert.Single(result.Map.Of(user)));
        Assert.Equal("{}|{\"5\":1}", await database.TextAsync(
            "SELECT inserted_map, existing_map FROM sentry_controlimportchunk WHERE model = 'sentry.user' AND min_source_pk = 5"));
        Assert.Equal("old@example.com", await database.TextAsync("SELECT email FROM sentry_useremail"));
        Assert.Equal("0|0", await database.TextAsync("SELECT (SELECT count(*) FROM sentry_useroption), (SELECT count(*) FROM sentry_userpermission)"));
        Assert.All(result.Records.Dropped, drop => Assert.NotNull(drop.Rule));
        if (scope == SentryScopes.Organization)
        {
            Assert.Equal("1", await database.TextAsync("SELECT user_id FROM sentry_organizationmember"));
        }
    }

    private async Task MustAddAsync(ImportScope scope)
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(Colliding(1, "ada").Backup, SentryScopes.Organization);
        var before = await database.TextAsync("SELECT * FROM auth_user");

        var result = await database.ImportAsync(Colliding(5, "ada").Backup, scope);

        Assert.Equal(before, await database.TextAsync("SELECT * FROM auth_user WHERE username = 'ada'"));
        var key = result.Map.NewKey("sentry.user", 5);
        Assert.Matches("^ada-[a-z0-9]+$", await database.TextAsync($"SELECT username FROM auth_user WHERE id = {key} AND is_unclaimed"));
        Assert.Equal("1", await database.TextAsync($"SELECT count(*) FROM sentry_lostpasswordhash WHERE user_id = {key}"));
        Assert.Equal("new@example.com\nnew@example.com", await database.TextAsync("SELECT email FROM sentry_useremail"));
        Assert.Equal("new@example.com", await database.TextAsync("SELECT email FROM sentry_email"));
        if (scope == SentryScopes.Organization)
        {
            Assert.Equal($"{key}|null|null", await database.TextAsync($"SELECT user_id, token, token_expires_at FROM sentry_organizationmember WHERE user_id = {key}"));
        }
    }
}

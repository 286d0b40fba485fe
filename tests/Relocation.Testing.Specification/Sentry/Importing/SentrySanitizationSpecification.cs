using System.Net;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Users keep their rights only where the whole instance is theirs, and names stay unique.</summary>
public abstract class SentrySanitizationSpecification(DatabaseUnderTest engine)
{
    private const string Flags = "SELECT username FROM auth_user WHERE is_staff OR is_superuser OR is_managed ORDER BY username";
    private const string Claimed = "SELECT count(*) FROM auth_user WHERE NOT is_unclaimed";
    private const string Passwords = "SELECT count(DISTINCT password) FROM auth_user WHERE password LIKE '!%'";
    private const string Verified = "SELECT count(*) FROM sentry_useremail WHERE is_verified";
    private const string KeptHashes = "SELECT count(*) FROM sentry_useremail WHERE validation_hash = 'old'";

    [Fact]
    [Parity("12.5", "test_users_sanitized_in_user_scope")]
    public Task Users_lose_rights_and_passwords_in_user_scope() => MustBeSanitizedAsync(SentryScopes.User);

    [Fact]
    [Parity("12.5", "test_users_sanitized_in_organization_scope")]
    public Task Users_lose_rights_and_passwords_in_organization_scope() => MustBeSanitizedAsync(SentryScopes.Organization);

    [Fact]
    [Parity("12.5", "test_users_unsanitized_in_config_scope")]
    public async Task Users_keep_rights_but_not_passwords_in_config_scope()
    {
        await using var database = await engine.SentryImportAsync();

        var result = await database.ImportAsync(SentryRecords.FourUsers().Backup, SentryScopes.Config);

        await MustBeUnclaimedAsync(database);
        Assert.Equal("flags\nmax", await database.TextAsync(Flags));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM auth_user WHERE is_managed"));
        Assert.Equal("2|1|2", await database.TextAsync(
            "SELECT (SELECT count(*) FROM sentry_userpermission), (SELECT count(*) FROM sentry_userrole), (SELECT count(*) FROM sentry_userrole_users)"));
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM auth_authenticator"));
        Assert.Empty(result.Records.Dropped);
    }

    [Fact]
    [Parity("12.5", "test_users_unsanitized_in_global_scope")]
    public async Task Users_stay_as_they_are_in_global_scope()
    {
        await using var database = await engine.SentryImportAsync();

        await database.ImportAsync(SentryRecords.FourUsers().Backup, SentryScopes.Global);

        Assert.Equal("flags\nmax", await database.TextAsync(Flags));
        Assert.Equal("4", await database.TextAsync(Claimed));
        Assert.Equal("4", await database.TextAsync("SELECT count(*) FROM auth_user WHERE password = 'kept'"));
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM sentry_lostpasswordhash"));
        Assert.Equal("4", await database.TextAsync(Verified));
        Assert.Equal("4", await database.TextAsync(KeptHashes));
        Assert.Equal("4", await database.TextAsync("SELECT count(*) FROM auth_authenticator"));
        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM sentry_email"));
    }

    [Fact]
    [Parity("12.5", "test_generate_suffix_for_already_taken_organization")]
    [Parity("12.5", "test_generate_suffix_for_already_taken_organization_with_control_option")]
    public async Task Taken_slug_of_an_organization_gets_a_suffix_that_all_tables_agree_on()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().Organization(7, "acme").Backup;
        await database.ImportAsync(backup, SentryScopes.Organization);

        var result = await database.ImportAsync(backup, SentryScopes.Organization);

        var key = RecordKey.From(7);
        var label = ModelLabel.Parse("sentry.organization");
        var slug = result.Slug(label, key)!;
        Assert.Matches("^acme-[a-z0-9]{2,12}$", slug);
        var organization = result.Map.NewKey(label, key);
        Assert.Equal(KeyMappingKind.Inserted, Assert.Single(result.Map.Of(label)).Kind);
        Assert.Equal(slug, await database.TextAsync($"SELECT slug FROM sentry_organization WHERE id = {organization}"));
        Assert.Equal(slug, await database.TextAsync($"SELECT slug FROM sentry_organizationmapping WHERE organization_id = {organization}"));
        Assert.Equal(slug, await database.TextAsync($"SELECT slug FROM sentry_organizationslugreservation WHERE organization_id = {organization}"));
        Assert.Equal(
            $"{{\"7\":{organization}}}|{{\"7\":\"{slug}\"}}",
            await database.TextAsync($"SELECT inserted_map, inserted_identifiers FROM sentry_regionimportchunk WHERE min_inserted_pk = {organization}"));
        Assert.Equal("acme", await database.TextAsync($"SELECT slug FROM sentry_organization WHERE id <> {organization}"));
    }

    [Fact]
    public async Task Slug_that_is_only_reserved_is_taken_too()
    {
        await using var database = await engine.SentryImportAsync();
        await database.RunAsync(
            "INSERT INTO sentry_organizationslugreservation (organization_id, slug, region_name, reservation_type, date_added) "
            + "VALUES (99, 'ACME', 'elsewhere', 0, '2020-01-01 00:00:00+00:00')");

        var result = await database.ImportAsync(new SentryRecords().Organization(7, "acme").Backup, SentryScopes.Organization);

        Assert.StartsWith("acme-", result.Slug(ModelLabel.Parse("sentry.organization"), RecordKey.From(7)), StringComparison.Ordinal);
    }

    [Fact]
    [Parity("12.5", "test_generate_suffix_for_already_taken_username")]
    public async Task Taken_name_of_a_user_gets_another_suffix_each_time()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().User(1, "ada").Backup;
        await database.ImportAsync(backup, SentryScopes.User);

        await database.ImportAsync(backup, SentryScopes.User);
        await database.ImportAsync(backup, SentryScopes.User);

        var names = (await database.TextAsync("SELECT username FROM auth_user ORDER BY id")).Split('\n');
        Assert.Equal("ada", names[0]);
        Assert.All(names[1..], name => Assert.Matches("^ada-[a-z0-9]{2,12}$", name));
        Assert.Equal(3, names.Distinct().Count());
    }

    [Fact]
    [Parity("12.5", "test_bad_invalid_user")]
    public async Task Too_long_a_username_is_refused()
    {
        await using var database = await engine.SentryImportAsync();
        var before = await engine.StateAsync(database);

        var refusal = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(
            new SentryRecords().User(4, "fine").User(9, new string('x', 129)).Backup, SentryScopes.User));

        Assert.Equal(SentryImportErrorKind.ValidationError, refusal.Error.Kind);
        Assert.Equal(new InstanceId(ModelLabel.Parse("sentry.user"), 2), refusal.Error.On);
        Assert.Equal(9, refusal.Error.LeftPk);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    /// <summary>Sentry looks at the name, the user name and the activity of users only.</summary>
    [Fact]
    [Case("sentry/intranet")]
    [Case("sentry/localhost")]
    public async Task Any_text_is_an_address_of_a_user()
    {
        string[] addresses =
        [
            string.Empty, "user1", "Somebody.Else", " user3@example.com ", "\"a user\"@[127.0.0.1]", "admin@localhost", "zoë@x.org", "ops@intranet",
            "a..b@x.test", "admin@sentry", "a@b@c", "@", "x@-a.b", "jürgen@x.example",
        ];
        var records = new SentryRecords();
        for (var i = 0; i < addresses.Length; i++)
        {
            records.User(i + 1, $"user{i}", addresses[i]);
        }

        foreach (var scope in SentryScopes.All)
        {
            await using var database = await engine.SentryImportAsync();

            await database.ImportAsync(records.Backup, scope);

            Assert.Equal(string.Join('\n', addresses.Order(StringComparer.Ordinal)), string.Join(
                '\n', (await database.TextAsync("SELECT email FROM auth_user")).Split('\n').Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    [Parity("12.5", "test_good_regional_user_ip_in_global_scope")]
    [Parity("12.5", "test_good_multiple_user_ips_per_user_in_global_scope")]
    public async Task Addresses_of_a_user_are_one_row_each_with_the_region_looked_up()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "ada");
        (string Address, string? Country)[] addresses = [("8.8.8.8", "XX"), ("8.8.8.8", null), ("2001:db8::1", null), ("2001:db8:0::1", "YY"), ("127.0.0.1", null)];
        for (var i = 0; i < addresses.Length; i++)
        {
            records.Add("userip", i + 1, ("user", 1), ("ip_address", addresses[i].Address), ("country_code", addresses[i].Country),
                ("first_seen", "2012-04-05T03:29:45.000Z"), ("last_seen", "2012-04-06T03:29:45.000Z"));
        }

        var options = new SentryImportOptions
        {
            Clock = SentryImports.Options.Clock,
            FindRegion = address => IPAddress.IsLoopback(address) ? null : new SentryRegion("US", "CA"),
        };
        var result = await database.ImportAsync(records.Backup, SentryScopes.Global, options);

        Assert.Equal(
            "null|null\nUS|CA\nUS|CA", await database.TextAsync("SELECT country_code, region_code FROM sentry_userip ORDER BY country_code IS NOT NULL"));
        Assert.Equal("3", await database.TextAsync(
            "SELECT count(*) FROM sentry_userip WHERE first_seen >= '2012-04-05' AND first_seen < '2012-04-06' AND last_seen < '2012-04-07'"));
        var ip = ModelLabel.Parse("sentry.userip");
        Assert.Equal(result.Map.NewKey(ip, RecordKey.From(1)), result.Map.NewKey(ip, RecordKey.From(2)));
        Assert.Equal(result.Map.NewKey(ip, RecordKey.From(3)), result.Map.NewKey(ip, RecordKey.From(4)));
    }

    [Fact]
    [Parity("12.5", "test_bad_invalid_user_ip")]
    public async Task Malformed_address_is_refused()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "ada").Add("userip", 3, ("user", 1), ("ip_address", "0.1.2.3.4.5.6.7"));

        var refusal = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(records.Backup, SentryScopes.Global));

        Assert.Equal(SentryImportErrorKind.ValidationError, refusal.Error.Kind);
        Assert.Equal("InstanceID(model: 'sentry.userip', ordinal: 1)", refusal.Error.On!.ToString());
    }

    [Fact]
    [Parity("12.5", "test_good_multiple_useremails_per_user_in_user_scope")]
    public Task More_addresses_of_a_user_are_kept_and_to_be_verified_in_user_scope() => MustKeepAddressesAsync(SentryScopes.User, verified: 0);

    [Fact]
    [Parity("12.5", "test_good_multiple_useremails_per_user_in_global_scope")]
    public Task More_addresses_of_a_user_are_kept_and_verified_in_global_scope() => MustKeepAddressesAsync(SentryScopes.Global, verified: 2);

    [Fact]
    [Parity("12.5", "test_bad_invalid_user_option")]
    public async Task Unknown_time_zone_is_refused()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "ada").Add("useroption", 5, ("user", 1), ("key", "timezone"), ("value", "\"MiddleEarth/Gondor\""));

        var refusal = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(records.Backup, SentryScopes.User));

        Assert.Equal(SentryImportErrorKind.ValidationError, refusal.Error.Kind);
        Assert.Equal(new InstanceId(ModelLabel.Parse("sentry.useroption"), 1), refusal.Error.On);
    }

    [Theory]
    [Case("sentry/option-language")]
    [InlineData("language", "\"xx\"")]
    [InlineData("language", "\"pt_BR\"")]
    [InlineData("language", "\"\"")]
    [InlineData("language", null)]
    [InlineData("theme", "\"purple\"")]
    [InlineData("theme", "\"Dark\"")]
    [InlineData("theme", "1")]
    [InlineData("theme", "{\"name\": \"dark\"}")]
    [InlineData("timezone", "\"\"")]
    [InlineData("timezone", "7")]
    [InlineData("timezone", null)]
    public async Task Option_that_Sentry_checks_is_refused_unless_it_is_one_of_its_choices(string key, string? json)
    {
        await using var database = await engine.SentryImportAsync();
        var before = await engine.StateAsync(database);

        // An option of a project is checked as well, and one that would have been left out, too.
        var records = new SentryRecords().User(1, "ada").Add("useroption", 3, ("user", 1), ("key", "clock_24_hours"), ("value", json is null ? null : "[]"))
            .Add("useroption", 5, ("user", 1), ("key", key), ("value", json));

        var refusal = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(records.Backup, SentryScopes.User));

        Assert.Equal(SentryImportErrorKind.ValidationError, refusal.Error.Kind);
        Assert.Equal(new InstanceId(ModelLabel.Parse("sentry.useroption"), 2), refusal.Error.On);
        Assert.Equal(5, refusal.Error.LeftPk);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    [Case("sentry/option-language")]
    public async Task Choices_of_Sentry_and_options_that_it_does_not_check_are_taken()
    {
        await using var database = await engine.SentryImportAsync();
        (string Key, string Json)[] options =
        [
            ("language", "\"pt-br\""), ("theme", "\"system\""), ("timezone", "\"UTC\""), ("stacktrace_order", "\"purple\""), ("Theme", "\"purple\""),
        ];
        var records = new SentryRecords().User(1, "ada");
        foreach (var (at, (key, json)) in options.Index())
        {
            records.Add("useroption", at + 1, ("user", 1), ("key", key), ("value", json));
        }

        await database.ImportAsync(records.Backup, SentryScopes.User);

        Assert.Equal(
            string.Join('\n', options.Select(option => $"{option.Key}|{option.Json}")),
            await database.TextAsync("SELECT key, value FROM sentry_useroption ORDER BY id"));
    }

    [Fact]
    public async Task Passwords_are_hashed_as_Sentry_would_when_asked_for()
    {
        await using var database = await engine.SentryImportAsync();

        await database.ImportAsync(
            new SentryRecords().User(1, "ada").Backup, SentryScopes.User, new SentryImportOptions { HashPasswords = true });

        Assert.Matches("^pbkdf2_sha256\\$600000\\$[A-Za-z0-9]{22}\\$[A-Za-z0-9+/]{43}=$", await database.TextAsync("SELECT password FROM auth_user"));
    }

    private async Task MustBeSanitizedAsync(ImportScope scope)
    {
        await using var database = await engine.SentryImportAsync();

        await database.ImportAsync(SentryRecords.FourUsers().Backup, scope);

        await MustBeUnclaimedAsync(database);
        Assert.Equal(string.Empty, await database.TextAsync(Flags));
        foreach (var table in new[] { "auth_authenticator", "sentry_userpermission", "sentry_userrole", "sentry_userrole_users" })
        {
            Assert.Equal("0", await database.TextAsync($"SELECT count(*) FROM {table}"));
        }
    }

    private static async Task MustBeUnclaimedAsync(TestDatabase database)
    {
        Assert.Equal("0", await database.TextAsync(Claimed));
        Assert.Equal("4", await database.TextAsync(Passwords));
        Assert.Equal("4", await database.TextAsync("SELECT count(DISTINCT l.hash) FROM sentry_lostpasswordhash l JOIN auth_user u ON u.id = l.user_id"));
        Assert.Equal("0", await database.TextAsync(Verified));
        Assert.Equal("0", await database.TextAsync(KeptHashes));
        Assert.Equal("4", await database.TextAsync("SELECT count(*) FROM sentry_useremail WHERE date_hash_added > '2026-01-01'"));
        Assert.Equal("4", await database.TextAsync("SELECT count(*) FROM auth_user WHERE last_password_change > '2026-01-01' AND NOT is_password_expired"));
        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM sentry_email"));
    }

    private async Task MustKeepAddressesAsync(ImportScope scope, int verified)
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "ada").Email(1, "ada@example.com")
            .UserEmail(1, 1, "ada@example.com").UserEmail(2, 1, "second@example.com");

        await database.ImportAsync(records.Backup, scope);

        Assert.Equal("ada@example.com\nsecond@example.com", await database.TextAsync("SELECT email FROM sentry_useremail ORDER BY email"));
        Assert.Equal("ada@example.com", await database.TextAsync("SELECT email FROM sentry_email"));
        Assert.Equal($"{verified}", await database.TextAsync(Verified));
    }
}

using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Users by name and organizations by slug, with what follows for users and addresses.</summary>
public abstract class SentryFilterSpecification(DatabaseUnderTest engine)
{
    private const string Users = "SELECT username FROM auth_user ORDER BY username";
    private const string UserEmails = "SELECT email FROM sentry_useremail ORDER BY email";
    private const string Emails = "SELECT email FROM sentry_email ORDER BY email";
    private const string Organizations = "SELECT slug FROM sentry_organization ORDER BY slug";

    [Fact]
    [Parity("12.5", "test_import_filter_users")]
    public async Task Users_are_chosen_by_name_and_bring_their_addresses()
    {
        await using var database = await engine.SentryImportAsync();

        var result = await database.ImportAsync(SentryRecords.FourUsers().Backup, SentryScopes.User, null, ["max"]);

        Assert.Equal("max", await database.TextAsync(Users));
        Assert.Equal("max@example.com", await database.TextAsync(UserEmails));
        Assert.Equal("max@example.com", await database.TextAsync(Emails));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM sentry_lostpasswordhash"));
        Assert.Contains(result.Records.Filtered, filtered => filtered.Model.Value == "sentry.user" && filtered.Records == 3);
        Assert.Equal(
            "{\"1\":1}|1|4|1|1",
            await database.TextAsync(
                "SELECT inserted_map, min_ordinal, max_ordinal, min_source_pk, max_source_pk FROM sentry_controlimportchunk WHERE model = 'sentry.user'"));
    }

    [Fact]
    [Parity("12.5", "test_import_filter_users_shared_email")]
    public async Task Shared_address_comes_once_with_any_of_its_users()
    {
        await using var database = await engine.SentryImportAsync();

        await database.ImportAsync(SentryRecords.FourUsers().Backup, SentryScopes.User, null, ["max", "min", "roles", "nobody"]);

        Assert.Equal("max\nmin\nroles", await database.TextAsync(Users));
        Assert.Equal("all@example.com\nall@example.com\nmax@example.com", await database.TextAsync(UserEmails));
        Assert.Equal("all@example.com\nmax@example.com", await database.TextAsync(Emails));
    }

    [Fact]
    [Parity("12.5", "test_import_filter_users_empty")]
    public async Task Empty_filter_takes_no_user()
    {
        await using var database = await engine.SentryImportAsync();

        var result = await database.ImportAsync(SentryRecords.FourUsers().Backup, SentryScopes.User, null, []);

        Assert.Equal(0, result.Map.Count);
        Assert.Equal(string.Empty, await database.TextAsync(Users) + await database.TextAsync(Emails) + await database.TextAsync(UserEmails));
    }

    [Fact]
    public async Task Names_are_compared_letter_for_letter_however_the_callers_set_does()
    {
        await using var database = await engine.SentryImportAsync();

        var result = await database.ImportAsync(
            SentryRecords.FourUsers().Backup, SentryScopes.User, null, new HashSet<string>(["MAX", "min"], StringComparer.OrdinalIgnoreCase));

        Assert.Equal("min", await database.TextAsync(Users));
        Assert.Contains("'MAX'", Assert.Single(result.Records.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_of_users_holds_in_config_scope_too()
    {
        await using var database = await engine.SentryImportAsync();

        await database.ImportAsync(SentryRecords.FourUsers().Backup, SentryScopes.Config, null, ["roles"]);

        Assert.Equal("roles", await database.TextAsync(Users));
        Assert.Equal("1|1", await database.TextAsync("SELECT (SELECT count(*) FROM sentry_userpermission), (SELECT count(*) FROM sentry_userrole_users)"));
    }

    [Fact]
    [Parity("12.5", "test_import_filter_orgs_single")]
    public async Task Organization_brings_its_members_and_their_addresses()
    {
        await using var database = await engine.SentryImportAsync();

        await database.ImportAsync(ThreeOrganizations().Backup, SentryScopes.Organization, null, ["one"]);

        Assert.Equal("one", await database.TextAsync(Organizations));
        Assert.Equal("ada\nben", await database.TextAsync(Users));
        Assert.Equal("ada@example.com\nben@example.com\nold@example.com", await database.TextAsync(UserEmails));
        Assert.Equal("ada@example.com\nben@example.com\nold@example.com", await database.TextAsync(Emails));
        Assert.Equal("3", await database.TextAsync("SELECT count(*) FROM sentry_organizationmember"));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM sentry_orgauthtoken"));
    }

    [Fact]
    [Parity("12.5", "test_import_filter_orgs_multiple")]
    public async Task Several_organizations_bring_the_members_of_all()
    {
        await using var database = await engine.SentryImportAsync();

        await database.ImportAsync(ThreeOrganizations().Backup, SentryScopes.Organization, null, ["one", "three"]);

        Assert.Equal("one\nthree", await database.TextAsync(Organizations));
        Assert.Equal("ada\nben\ndan", await database.TextAsync(Users));
        Assert.Equal("ada@example.com\nben@example.com\ndan@example.com\nold@example.com", await database.TextAsync(Emails));
    }

    [Fact]
    [Parity("12.5", "test_import_filter_orgs_empty")]
    public async Task Empty_filter_takes_no_organization()
    {
        await using var database = await engine.SentryImportAsync();

        var result = await database.ImportAsync(ThreeOrganizations().Backup, SentryScopes.Organization, null, []);

        Assert.Equal(0, result.Map.Count);
        Assert.Equal(string.Empty, await database.TextAsync(Organizations) + await database.TextAsync(Users) + await database.TextAsync(Emails));
        Assert.All(result.Records.Filtered, filtered => Assert.True(filtered.Records > 0));
    }

    private static SentryRecords ThreeOrganizations()
    {
        var records = new SentryRecords();
        string[] users = ["ada", "ben", "cat", "dan"];
        for (var i = 0; i < users.Length; i++)
        {
            records.User(i + 1, users[i]).Email(i + 1, $"{users[i]}@example.com");
        }

        for (var i = 0; i < users.Length; i++)
        {
            records.UserEmail(i + 1, i + 1, $"{users[i]}@example.com");
        }

        // An address that only a record of its own and a second row of the user know.
        records.Email(5, "old@example.com").UserEmail(5, 2, "old@example.com");
        records.Organization(1, "one").Organization(2, "two").Organization(3, "three")
            .Member(1, 1, 1).Member(2, 1, 2).Member(3, 1, null, ("email", "invited@example.com")).Member(4, 2, 3).Member(5, 3, 4).Member(6, 3, 1);
        for (var i = 1; i <= 3; i++)
        {
            records.Add("orgauthtoken", i, ("organization_id", i), ("token_hashed", $"hash{i}"), ("name", "token"));
        }

        return records;
    }
}

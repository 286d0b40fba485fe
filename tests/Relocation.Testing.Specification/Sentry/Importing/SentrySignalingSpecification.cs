using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Rows that Sentry's save hooks make of others are there once, whether the backup brings them or not.</summary>
public abstract class SentrySignalingSpecification(DatabaseUnderTest engine)
{
    private const string Counts =
        "SELECT (SELECT count(*) FROM sentry_useremail), (SELECT count(*) FROM sentry_email), (SELECT count(DISTINCT lower(email)) FROM sentry_email)";

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [Parity("12.5", "test_import_signaling_user")]
    public async Task User_has_an_address_once_whatever_the_backup_brings(bool hasEmail, bool hasUserEmail)
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(3, "ada", "Ada@example.com").User(4, "app", string.Empty);
        if (hasEmail)
        {
            records.Email(1, "ada@example.com");
        }

        if (hasUserEmail)
        {
            records.UserEmail(1, 3, "Ada@example.com");
        }

        await database.ImportAsync(records.Backup, SentryScopes.User);

        Assert.Equal("1|1|1", await database.TextAsync(Counts));
    }

    [Fact]
    [Parity("12.5", "test_import_signaling_organization")]
    [Parity("12.5", "test_import_signaling_organization_with_control_provisioning_option")]
    public async Task Organization_and_project_have_what_hooks_make_of_them_once()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().Organization(1, "acme")
            .Project(1, 1, "bare").Project(2, 1, "whole")
            .Add("projectkey", 1, ("project", 2), ("label", "Mine"), ("public_key", new string('a', 32)), ("secret_key", new string('b', 32)))
            .Add("projectoption", 1, ("project", 2), ("key", "sentry:option-epoch"), ("value", 7));

        await database.ImportAsync(records.Backup, SentryScopes.Organization);

        Assert.Equal("acme", await database.TextAsync(
            "SELECT m.slug FROM sentry_organizationmapping m JOIN sentry_organizationslugreservation r ON r.organization_id = m.organization_id AND r.slug = m.slug"));
        Assert.Equal(
            "bare|Default|13\nwhole|Mine|7",
            await database.TextAsync(
                "SELECT p.slug, k.label, o.value FROM sentry_project p JOIN sentry_projectkey k ON k.project_id = p.id "
                + "JOIN sentry_projectoptions o ON o.project_id = p.id ORDER BY p.slug"));
    }

    [Fact]
    [Case("sentry/members3")]
    public async Task Members_are_known_to_both_halves_of_a_deployment()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "a").User(2, "b").Organization(3, "o")
            .Member(4, 3, 1, ("role", "owner")).Member(5, 3, 2, ("inviter_id", 1)).Member(6, 3, null, ("email", "c@example.com"), ("invite_status", 1));

        await database.ImportAsync(records.Backup, SentryScopes.Organization);
        await database.ImportAsync(records.Backup, SentryScopes.Organization);

        Assert.Equal(
            await database.TextAsync("SELECT id, organization_id, user_id, email, role, inviter_id, invite_status FROM sentry_organizationmember ORDER BY id"),
            await database.TextAsync(
                "SELECT organizationmember_id, organization_id, user_id, email, role, inviter_id, invite_status FROM sentry_organizationmembermapping ORDER BY id"));
        Assert.Equal("6|2", await database.TextAsync("SELECT count(*), count(inviter_id) FROM sentry_organizationmembermapping"));
    }
}

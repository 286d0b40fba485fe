using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>What becomes of imported organizations: they get their owner, are shown, and who has to know is told (docs/tasks.md, Messages).</summary>
public abstract class RelocationFinishSpecification(DatabaseUnderTest engine)
{
    private const string OwnersMemberships =
        "SELECT o.slug, m.role, m.flags, m.invite_status, m.inviter_id, m.email, m.user_email FROM sentry_organizationmember m "
        + "JOIN sentry_organization o ON o.id = m.organization_id JOIN auth_user u ON u.id = m.user_id WHERE u.username = 'boss' ORDER BY o.slug";

    private const string OwnersMappings =
        "SELECT p.role, p.invite_status, p.organizationmember_id = m.id FROM sentry_organizationmembermapping p JOIN auth_user u ON u.id = p.user_id "
        + "JOIN sentry_organizationmember m ON m.organization_id = p.organization_id AND m.user_id = p.user_id WHERE u.username = 'boss'";

    [Fact]
    [Parity("10.2", "POSTPROCESSING")]
    [Parity("annex C", "Owner new")]
    [Parity("addendum", "T-39")]
    public async Task Owner_becomes_an_owner_of_each_imported_organization()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);

        await trial.RunToAsync(RelocationTaskName.NotifyingUnhide);

        Assert.Equal(
            "acme|owner|0|0|null|null|boss@example.com\nbeta|owner|0|0|null|null|boss@example.com", await trial.TextAsync(OwnersMemberships));
        Assert.Equal(2, (await trial.TextAsync(OwnersMappings)).Split('\n').Count(line => line is "owner|0|1" or "owner|0|True"));
    }

    [Theory]
    [InlineData("member")]
    [InlineData("owner")]
    [Parity("annex C", "Owner a member")]
    [Parity("annex C", "Owner an owner")]
    [Parity("addendum", "T-39")]
    public async Task Owner_who_is_a_member_already_is_raised(string role)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        var file = RelocationTrial.Organizations().User(14, RelocationTrial.Owner).Member(55, 41, 14, ("role", role));
        await trial.StartAsync(file.Backup, RelocationTrial.Wanted, provenance: RelocationProvenance.SaasToSaas);

        var state = await trial.RunAsync();

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal(["acme|owner", "beta|owner"], (await trial.TextAsync(OwnersMemberships)).Split('\n').Select(line => string.Join('|', line.Split('|').Take(2))));
        Assert.Equal(["owner", "owner"], (await trial.TextAsync(OwnersMappings)).Split('\n').Select(line => line.Split('|')[0]));
    }

    [Fact]
    [Parity("addendum", "T-40")]
    public async Task Organization_whose_slug_was_cut_for_a_suffix_is_still_the_wanted_one()
    {
        var slug = new string('a', 50);
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().Organization(1, slug));
        var file = new SentryRecords().User(1, "ada").Organization(5, slug).Member(6, 5, 1);
        await trial.StartAsync(file.Backup, [slug]);

        var state = await trial.RunAsync();

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal("2", await trial.TextAsync("SELECT count(DISTINCT slug) FROM sentry_organization"));
    }

    [Theory]
    [InlineData("organization", "sentry_regionimportchunk")]
    [InlineData("user", "sentry_controlimportchunk")]
    [Parity("addendum", "T-40")]
    public async Task Ledger_that_tells_of_other_records_is_not_believed(string model, string ledger)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.Postprocessing);
        await trial.Database.RunAsync(
            $"UPDATE {ledger} SET inserted_map = replace(inserted_map, '{{', '{{\"999\":1,') WHERE model = 'sentry.{model}'");

        var state = await trial.RunAsync();

        Assert.Equal((RelocationStatus.Failure, RelocationTaskName.Postprocessing, 4), (state.Status, state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal("0", await trial.TextAsync("SELECT count(*) FROM sentry_organizationmember m JOIN auth_user u ON u.id = m.user_id WHERE u.username = 'boss'"));
    }

    [Fact]
    [Parity("addendum", "T-43")]
    public async Task Whoever_hears_of_the_relocation_finds_its_owner_there_and_has_it_tried_again_by_throwing()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var heard = new List<string>();

        var state = await trial.RunAsync(trial.Options(relocated: async (uuid, _) =>
        {
            heard.Add($"{uuid} {await trial.TextAsync("SELECT count(*) FROM sentry_organizationmember WHERE role = 'owner' AND user_id = (SELECT id FROM auth_user WHERE username = 'boss')")} "
                + await trial.TextAsync("SELECT min(status) FROM sentry_organization"));
            if (heard.Count == 1)
            {
                throw new InvalidOperationException("not yet");
            }
        }));

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal([$"{RelocationTrial.Uuid} 2 3", $"{RelocationTrial.Uuid} 2 3"], heard);
    }

    [Fact]
    [Parity("addendum", "T-43")]
    public async Task When_whoever_hears_of_it_throws_each_time_the_relocation_fails_and_owners_stay()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);

        var state = await trial.RunAsync(trial.Options(relocated: (_, _) => throw new InvalidOperationException("never")));

        Assert.Equal(
            (RelocationStatus.Failure, "The imported organizations could not be handed over: an error within the relocation."), (state.Status, state.FailureReason));
        Assert.Equal(2, (await trial.TextAsync(OwnersMemberships)).Split('\n').Length);
    }

    [Fact]
    [Parity("addendum", "T-39")]
    public async Task Owner_who_is_gone_fails_the_relocation_when_attempts_are_used_up()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.Postprocessing);
        await trial.Database.RunAsync("DELETE FROM sentry_useremail WHERE email = 'boss@example.com'; DELETE FROM auth_user WHERE username = 'boss'");

        var state = await trial.RunAsync();

        Assert.Equal((RelocationStatus.Failure, RelocationTaskName.Postprocessing, 4), (state.Status, state.LatestTask, state.LatestTaskAttempts));
        Assert.Null(state.Owner);
    }

    [Fact]
    [Parity("10.2", "NOTIFYING_UNHIDE")]
    [Parity("addendum", "T-41")]
    public async Task Only_organizations_that_wait_for_approval_are_shown()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().Organization(1, "hidden", ("status", 3)));
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.NotifyingUnhide);
        await trial.Database.RunAsync("UPDATE sentry_organization SET status = 1 WHERE slug = 'beta'; UPDATE sentry_organizationmapping SET status = 1 WHERE slug = 'beta'");

        await trial.RunAsync();

        Assert.Equal("acme|0\nbeta|1\nhidden|3", await trial.TextAsync("SELECT slug, status FROM sentry_organization ORDER BY slug"));
        Assert.Equal("acme|0\nbeta|1\nhidden|3", await trial.TextAsync("SELECT slug, status FROM sentry_organizationmapping ORDER BY slug"));
    }

    [Fact]
    [Parity("10.2", "NOTIFYING_USERS")]
    [Parity("10.4", "Post-steps read the ledger")]
    [Parity("annex C", "Claim mails only unclaimed")]
    [Parity("addendum", "T-36")]
    public async Task Imported_users_who_have_not_claimed_their_accounts_are_told_how_to()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().User(1, "idle", more: ("is_unclaimed", true)).Organization(2, "acme"));
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.NotifyingUsers);
        await trial.Database.RunAsync("UPDATE auth_user SET is_unclaimed = '0' WHERE username = 'ada'");

        var state = await trial.RunAsync();

        var claim = Assert.Single(state.Messages, message => message.Kind == RelocationMessageKind.Claim);
        Assert.Equal(await trial.TextAsync("SELECT id FROM auth_user WHERE username = 'bob'"), claim.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var content = JsonNode.Parse(claim.Content)!;
        Assert.Equal(await trial.TextAsync($"SELECT hash FROM sentry_lostpasswordhash WHERE user_id = {claim.UserId}"), (string?)content["hash"]);
        Assert.Equal(
            await trial.TextAsync("SELECT slug FROM sentry_organization WHERE slug LIKE 'acme-%' OR slug = 'beta' ORDER BY slug"),
            string.Join('\n', content["slugs"]!.AsArray().Select(slug => (string?)slug)));
        Assert.Equal(trial.Clock.GetUtcNow(), state.ClaimsSentAt);
        Assert.Contains(trial.Sent, message => message.Kind == RelocationMessageKind.Claim);
    }

    [Fact]
    [Parity("annex C", "No duplicate claim mails after a kill")]
    [Parity("addendum", "T-37")]
    public async Task Nobody_is_told_twice_when_the_task_is_repeated()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.Completed);
        await trial.Database.RunAsync("UPDATE sentry_relocation SET latest_task = 'NOTIFYING_USERS', is_latest_task_done = '0', latest_task_attempts = 1");

        var state = await trial.RunAsync();

        Assert.Equal(RelocationStatus.Success, state.Status);
        Assert.Equal(
            [RelocationMessageKind.Started, RelocationMessageKind.Claim, RelocationMessageKind.Claim, RelocationMessageKind.Succeeded],
            trial.Sent.Select(message => message.Kind));
        Assert.Equal(4, state.Messages.Count);
    }

    [Fact]
    [Parity("addendum", "T-32")]
    [Parity("addendum", "T-37")]
    public async Task Users_who_were_removed_with_an_abandoned_import_are_not_told_later()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.NotifyingOwner);
        await trial.Database.RunAsync("UPDATE sentry_relocationmessage SET sent_at = NULL");
        trial.Sent.Clear();
        await using var connection = await trial.Database.OpenConnectionAsync(RelocationTrial.Cancel);
        await new RelocationTask(trial.Engine, trial.Options()).AbandonAsync(connection, RelocationTrial.Uuid, RelocationTrial.Cancel);

        await trial.RunAsync();

        Assert.Equal([RelocationMessageKind.Started], trial.Sent.Select(message => message.Kind));
    }

    [Theory]
    [InlineData("ada", RelocationProvenance.SelfHosted)]
    [InlineData("ADA", RelocationProvenance.SelfHosted)]
    [InlineData("ADA", RelocationProvenance.SaasToSaas)]
    [Parity("addendum", "T-25")]
    [Parity("addendum", "T-31")]
    public async Task Relocation_whose_file_has_a_user_of_the_owners_name_succeeds_and_can_be_retried_after_another(string name, RelocationProvenance provenance)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().User(1, name));
        await trial.Database.RunAsync($"UPDATE auth_user SET username = 'was boss' WHERE username = 'boss'; UPDATE auth_user SET username = 'boss' WHERE username = '{name}'");
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted, provenance: provenance);
        await trial.Database.RunAsync($"UPDATE auth_user SET username = '{name}' WHERE username = 'boss'");
        await trial.RunToAsync(RelocationTaskName.Completed);
        await using var connection = await trial.Database.OpenConnectionAsync(RelocationTrial.Cancel);
        var relocations = new RelocationTask(trial.Engine, trial.Options());
        await relocations.AbandonAsync(connection, RelocationTrial.Uuid, RelocationTrial.Cancel);
        Assert.Equal($"{name}\nwas boss", await trial.TextAsync("SELECT username FROM auth_user ORDER BY lower(username)"));

        var again = Guid.NewGuid();
        await relocations.RetryAsync(connection, RelocationTrial.Uuid, null, again, RelocationTrial.Cancel);
        var state = await relocations.RunAsync(connection, again, RelocationTrial.Cancel);

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal("acme|0\nbeta|0", await trial.TextAsync("SELECT slug, status FROM sentry_organization ORDER BY slug"));
        Assert.Equal("2", await trial.TextAsync(
            $"SELECT count(*) FROM sentry_organizationmember m JOIN auth_user u ON u.id = m.user_id WHERE m.role = 'owner' AND u.username = '{name}'"));
    }

    [Fact]
    [Parity("addendum", "T-36")]
    public async Task User_whose_way_to_claim_the_account_is_gone_gets_another_and_nobody_unclaimed_is_fine()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.NotifyingUsers);
        await trial.Database.RunAsync("DELETE FROM sentry_lostpasswordhash");

        var state = await trial.RunAsync();

        Assert.Equal(RelocationStatus.Success, state.Status);
        Assert.Equal("2", await trial.TextAsync("SELECT count(*) FROM sentry_lostpasswordhash WHERE length(hash) = 32"));
    }

    [Fact]
    [Parity("addendum", "T-36")]
    public async Task Where_everybody_has_claimed_nobody_is_told_and_that_is_remembered()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.NotifyingUsers);
        await trial.Database.RunAsync("UPDATE auth_user SET is_unclaimed = '0'");

        var state = await trial.RunAsync();

        Assert.DoesNotContain(state.Messages, message => message.Kind == RelocationMessageKind.Claim);
        Assert.Equal(trial.Clock.GetUtcNow(), state.ClaimsSentAt);
    }

    [Fact]
    [Parity("10.2", "NOTIFYING_OWNER")]
    [Parity("10.2", "COMPLETED")]
    [Parity("addendum", "T-36")]
    [Parity("addendum", "T-45")]
    public async Task Owner_is_told_of_success_and_the_end_tells_nobody()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var before = await trial.RunToAsync(RelocationTaskName.Completed);
        var rows = await trial.RowsAsync();

        var state = await trial.RunAsync();

        Assert.Equal((RelocationStatus.InProgress, RelocationMessageKind.Succeeded), (before.Status, before.LatestNotified));
        Assert.Equal((RelocationStatus.Success, RelocationStep.Completed), (state.Status, state.Step));
        Assert.Equal(before.Messages.Select(message => message.Kind), state.Messages.Select(message => message.Kind));
        Assert.Equal("""{"slugs":["acme","beta"]}""", state.Messages[^1].Content);
        Assert.Equal(rows, await trial.RowsAsync());
    }
}

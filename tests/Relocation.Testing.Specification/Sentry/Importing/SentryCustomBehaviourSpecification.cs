using System.Globalization;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Flags, inviters, keys of projects, and batches.</summary>
public abstract class SentryCustomBehaviourSpecification(DatabaseUnderTest engine)
{
    private const int Batch = 20;

    [Fact]
    [Parity("12.5", "test_hide_organizations_import_flag")]
    public async Task Hidden_organizations_wait_for_approval()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().Organization(1, "one", ("status", 0)).Organization(2, "two", ("status", 1)).Backup;

        await database.ImportAsync(backup, SentryScopes.Organization, SentryImports.With(new SentryImportFlags { HideOrganizations = true }));

        Assert.Equal("3\n3", await database.TextAsync("SELECT status FROM sentry_organization"));
        Assert.Equal("3\n3", await database.TextAsync("SELECT status FROM sentry_organizationmapping"));
    }

    [Fact]
    [Parity("12.5", "test_organization_member_inviter_id")]
    public async Task Inviter_who_is_not_imported_becomes_null_and_one_who_is_is_followed()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(new SentryRecords().User(1, "here").Backup, SentryScopes.User);
        var backup = new SentryRecords().User(1, "admin").User(2, "ada").User(3, "ben").Organization(1, "one").Organization(2, "two")
            .Member(1, 1, 2, ("inviter_id", 1)).Member(2, 1, 3, ("inviter_id", 2)).Member(3, 2, 1).Backup;

        var result = await database.ImportAsync(backup, SentryScopes.Organization, null, ["one"]);

        Assert.Equal(
            $"ada|null\nben|{result.Map.NewKey("sentry.user", 2)}",
            await database.TextAsync("SELECT u.username, m.inviter_id FROM sentry_organizationmember m JOIN auth_user u ON u.id = m.user_id ORDER BY u.username"));
        Assert.Equal(1, result.Records.Models.Single(model => model.Model.Value == "sentry.organizationmember").ReferencesSetToNull);
    }

    [Fact]
    [Parity("12.5", "test_project_ids_retained_in_global_scope")]
    public async Task Project_keeps_its_key_in_global_scope()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().Organization(1, "one").Project(4554989665714177, 1, "api").Project(77, 1, "web").Backup;

        var result = await database.ImportAsync(backup, SentryScopes.Global);

        Assert.Equal("77\n4554989665714177", await database.TextAsync("SELECT id FROM sentry_project ORDER BY id"));
        Assert.Equal(77, result.Map.NewKey("sentry.project", 77));
        await database.RunAsync("INSERT INTO sentry_project (name, slug, organization_id, public, date_added, status) VALUES ('n', 'n', 1, false, '2026-01-01 00:00:00+00:00', 0)");
        Assert.Equal("4554989665714178", await database.TextAsync("SELECT max(id) FROM sentry_project"));
    }

    [Fact]
    [Parity("12.5", "test_project_ids_reassigned_in_organization_scope")]
    public async Task Project_gets_a_new_key_in_organization_scope()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().Organization(1, "one").Project(77, 1, "api").Backup;
        await database.ImportAsync(backup, SentryScopes.Global);

        var result = await database.ImportAsync(backup, SentryScopes.Organization);

        Assert.Equal("77\n78", await database.TextAsync("SELECT id FROM sentry_project ORDER BY id"));
        Assert.Equal(78, result.Map.NewKey("sentry.project", 77));
    }

    [Fact]
    [Parity("12.5", "test_exact_multiple_of_batch_size")]
    public Task Exact_multiple_of_the_chunk_size_leaves_full_chunks() => MustLeaveChunksAsync(2 * Batch);

    [Fact]
    [Parity("12.5", "test_one_more_than_batch_size")]
    public Task One_more_than_the_chunk_size_leaves_a_chunk_of_one() => MustLeaveChunksAsync(Batch + 1);

    [Fact]
    public async Task Map_and_rows_do_not_depend_on_the_chunk_size()
    {
        var texts = new List<string>();
        foreach (var size in new[] { 1, 3, 1_000 })
        {
            await using var database = await engine.SentryImportAsync();
            await database.ImportAsync(Many(7).Backup, SentryScopes.User);

            // All names, tokens and slugs are taken now, and some names differ in case only.
            var backup = Many(7).User(90, "USER3").User(91, "user3-").Backup;
            var result = await database.ImportAsync(backup, SentryScopes.User, new SentryImportOptions { Clock = SentryImports.Options.Clock, ChunkSize = size });
            texts.Add(result.Map.ToSnapshot() + await database.TextAsync("SELECT * FROM auth_user ORDER BY id") + await database.TextAsync("SELECT * FROM sentry_useremail ORDER BY id"));
        }

        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], texts[2]);
    }

    private static SentryRecords Many(int users)
    {
        var records = new SentryRecords();
        for (var i = 1; i <= users; i++)
        {
            records.User(100 + i, $"user{i}");
        }

        for (var i = 1; i <= users; i++)
        {
            records.Email(i, $"user{i}@example.com");
        }

        for (var i = 1; i <= users; i++)
        {
            records.UserEmail(i, 100 + i, $"user{i}@example.com");
        }

        return records;
    }

    private async Task MustLeaveChunksAsync(int users)
    {
        await using var database = await engine.SentryImportAsync();

        var result = await database.ImportAsync(
            Many(users).Backup, SentryScopes.User, new SentryImportOptions { Clock = SentryImports.Options.Clock, ChunkSize = Batch });

        var expected = new List<string>();
        for (var first = 1; first <= users; first += Batch)
        {
            var last = Math.Min(users, first + Batch - 1);
            expected.Add(string.Create(CultureInfo.InvariantCulture, $"{first}|{last}|{100 + first}|{100 + last}|{first}|{last}"));
        }

        Assert.Equal(string.Join('\n', expected), await database.TextAsync(
            "SELECT min_ordinal, max_ordinal, min_source_pk, max_source_pk, min_inserted_pk, max_inserted_pk FROM sentry_controlimportchunk "
            + "WHERE model = 'sentry.user' ORDER BY min_ordinal"));
        Assert.Equal(users, result.Map.Of(ModelLabel.Parse("sentry.useremail")).Count());
        Assert.Equal($"{users}", await database.TextAsync("SELECT count(*) FROM sentry_useremail e JOIN auth_user u ON u.id = e.user_id AND u.email = e.email"));
    }

    [Theory]
    [Case("sentry/slug")]
    [InlineData("Ünïcode Örg", "unicode-org")]
    [InlineData("Acme_Inc.", "acme-inc")]
    [InlineData("--a  b--", "a-b")]
    [InlineData("", "name-of-it")]
    [InlineData("ÀÉ 12", "ae-12")]
    public async Task Slugs_are_spelled_as_Sentry_spells_them(string slug, string expected)
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().Add("organization", 1, ("name", "Name of it"), ("slug", slug));

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization);

        Assert.Equal(expected, await database.TextAsync("SELECT slug FROM sentry_organization"));
        Assert.Equal(expected, await database.TextAsync("SELECT slug FROM sentry_organizationslugreservation"));
        Assert.Equal(expected, result.Slug(ModelLabel.Parse("sentry.organization"), RecordKey.From(1)));
    }

    [Fact]
    [Case("sentry/slug")]
    public async Task Slug_without_a_letter_of_ASCII_and_one_that_becomes_too_long_are_made_to_fit()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().Add("organization", 1, ("name", "日本"), ("slug", "日本"))
            .Add("organization", 2, ("name", "x"), ("slug", string.Concat(Enumerable.Repeat("ﬃ", 40)))).Project(3, 1, "Größe_x").Project(4, 1, "plain_one");

        await database.ImportAsync(records.Backup, SentryScopes.Organization);

        var slugs = (await database.TextAsync("SELECT slug FROM sentry_organization ORDER BY id")).Split('\n');
        Assert.Matches("^[0-9a-f]{12}$", slugs[0]);
        Assert.Equal(string.Concat(Enumerable.Repeat("ffi", 17))[..50], slugs[1]);
        Assert.Equal("groe_x\nplain_one", await database.TextAsync("SELECT slug FROM sentry_project ORDER BY id"));
    }
}

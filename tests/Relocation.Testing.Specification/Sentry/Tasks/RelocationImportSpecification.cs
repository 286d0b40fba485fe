using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>
/// What a relocation imports, and what becomes of it when the import fails or the relocation is given up (docs/tasks.md, Import and undo).
/// </summary>
public abstract class RelocationImportSpecification(DatabaseUnderTest engine)
{
    private const string CouldNotImport = "The file could not be imported: an error within the relocation.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("10.2", "IMPORTING")]
    [Parity("10.4", "Import id is the relocation's")]
    [Parity("10.4", "Hidden organizations")]
    [Parity("10.4", "Wanted organizations only")]
    public async Task Wanted_organizations_are_imported_hidden_under_the_relocations_identity(bool isResumable)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);

        var state = await trial.RunToAsync(RelocationTaskName.Postprocessing, isResumable);

        Assert.Equal(RelocationStep.Postprocessing, state.Step);
        Assert.Equal("acme|3\nbeta|3", await trial.TextAsync("SELECT slug, status FROM sentry_organization ORDER BY slug"));
        Assert.Equal("acme|3\nbeta|3", await trial.TextAsync("SELECT slug, status FROM sentry_organizationmapping ORDER BY slug"));
        Assert.Equal("ada\nbob\nboss", await trial.TextAsync("SELECT username FROM auth_user ORDER BY username"));
        var map = await trial.MapAsync();
        Assert.Equal(2, map.Entries.Count(entry => entry.Model.Value == "sentry.organization" && entry.Kind == KeyMappingKind.Inserted));
        Assert.Equal(2, map.Entries.Count(entry => entry.Model.Value == "sentry.user" && entry.Kind == KeyMappingKind.Inserted));
    }

    [Theory]
    [InlineData(RelocationProvenance.SelfHosted, "2")]
    [InlineData(RelocationProvenance.SaasToSaas, "1")]
    [Parity("10.4", "Merge by provenance")]
    [Parity("addendum", "T-44")]
    public async Task Users_of_the_same_name_are_merged_between_cells_only(RelocationProvenance provenance, string users)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().User(1, "ada"));
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted, provenance: provenance);

        var state = await trial.RunAsync();

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal(users, await trial.TextAsync("SELECT count(*) FROM auth_user WHERE username LIKE 'ada%'"));
        var kind = (await trial.MapAsync()).Entries.Single(entry => entry.Model.Value == "sentry.user" && entry.Old == RecordKey.From(11)).Kind;
        Assert.Equal(provenance == RelocationProvenance.SaasToSaas ? KeyMappingKind.Existing : KeyMappingKind.Inserted, kind);
    }

    [Fact]
    [Parity("addendum", "C-1")]
    [Parity("addendum", "C-3")]
    [Parity("addendum", "C-4")]
    public async Task Failed_import_in_one_transaction_leaves_rows_and_key_counters_as_they_were()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var (rows, counters) = (await trial.RowsAsync(), await trial.CountersAsync());
        await trial.RefuseProjectsAsync();

        var state = await trial.RunAsync();

        Assert.Equal((RelocationStatus.Failure, CouldNotImport), (state.Status, state.FailureReason));
        Assert.Equal((RelocationTaskName.Importing, 5), (state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal(rows, await trial.RowsAsync());
        Assert.Equal(counters, await trial.CountersAsync());
    }

    [Fact]
    [Parity("addendum", "C-1")]
    public async Task Failed_import_chunk_by_chunk_is_taken_back_and_key_counters_stay_where_they_are()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var rows = await trial.RowsAsync();
        await trial.RefuseProjectsAsync();
        var committed = new List<string>();

        var state = await trial.RunAsync(trial.Options(isResumable: true, failAt: (task, attempt) =>
        {
            if (task == RelocationTaskName.Importing && attempt > 1)
            {
                committed.Add(trial.TextAsync("SELECT count(*) FROM sentry_organization").GetAwaiter().GetResult());
            }

            return null;
        }));

        Assert.Equal(["2", "2", "2", "2"], committed);
        Assert.Equal((RelocationStatus.Failure, CouldNotImport), (state.Status, state.FailureReason));
        Assert.Equal(rows, await trial.RowsAsync());
        Assert.Equal("0", await trial.TextAsync("SELECT count(*) FROM relocation_import_chunk"));
        Assert.Equal("0", await trial.TextAsync("SELECT count(*) FROM relocation_import"));
        await trial.AllowProjectsAsync();
        await MustGiveHigherKeysAsync(trial, rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("addendum", "C-1")]
    [Parity("addendum", "C-2")]
    [Parity("10.4", "Resume")]
    public async Task Import_that_has_failed_twice_ends_with_the_map_and_rows_of_one_that_has_not(bool isResumable)
    {
        await using var whole = await RelocationTrial.CreateAsync(engine);
        await whole.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await whole.RunAsync(whole.Options(isResumable));
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RefuseProjectsAsync();

        var state = await trial.RunAsync(trial.Options(isResumable, failAt: (task, attempt) =>
        {
            if (task == RelocationTaskName.Importing && attempt == 3)
            {
                trial.AllowProjectsAsync().GetAwaiter().GetResult();
            }

            return null;
        }));

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal((await whole.MapAsync()).ToSnapshot(), (await trial.MapAsync()).ToSnapshot());
        Assert.Equal(await whole.RowsAsync(), await trial.RowsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("addendum", "C-2")]
    public async Task Token_that_is_taken_is_minted_again_from_the_relocations_identity(bool isResumable)
    {
        var tokens = new List<string>();
        for (var time = 0; time < 2; time++)
        {
            var target = new SentryRecords().Organization(2, "old").Add("orgauthtoken", 1, Token(2));
            await using var trial = await RelocationTrial.CreateAsync(engine, target: target);
            await trial.StartAsync(RelocationTrial.Organizations().Add("orgauthtoken", 91, Token(41)).Backup, RelocationTrial.Wanted);

            var state = await trial.RunAsync(trial.Options(isResumable, import: new SentryImportOptions { UrlPrefix = "https://sentry.example.com" }));

            Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
            tokens.Add(await trial.TextAsync("SELECT token_hashed FROM sentry_orgauthtoken ORDER BY id"));
        }

        Assert.Equal(2, tokens[0].Split('\n').Distinct().Count());
        Assert.Equal(tokens[0], tokens[1]);

        static (string, System.Text.Json.Nodes.JsonNode?)[] Token(long organization) =>
        [
            ("organization_id", organization), ("token_hashed", new string('a', 64)), ("token_last_characters", "aaaa"), ("name", "ci"),
            ("scope_list", "['org:ci']"), ("date_added", "2024-01-01T00:00:00.000Z"),
        ];
    }

    [Fact]
    [Parity("addendum", "C-2")]
    public async Task What_is_invented_comes_from_the_relocations_identity()
    {
        await using var first = await RelocationTrial.CreateAsync(engine);
        await using var second = await RelocationTrial.CreateAsync(engine);
        await first.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await second.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted, uuid: Guid.NewGuid());

        await first.RunAsync();
        await second.RunAsync();

        const string Hashes = "SELECT hash FROM sentry_lostpasswordhash ORDER BY user_id";
        Assert.NotEqual(await first.TextAsync(Hashes), await second.TextAsync(Hashes));
        Assert.Equal(
            first.Clock.GetUtcNow(),
            DateTimeOffset.Parse(await first.TextAsync("SELECT max(date_hash_added) FROM sentry_useremail"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal));
    }

    [Fact]
    [Parity("10.4", "Resume")]
    public async Task Import_that_had_ended_before_that_could_be_said_is_not_done_again()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.Postprocessing);
        var rows = await trial.RowsAsync();
        await trial.Database.RunAsync("UPDATE sentry_relocation SET latest_task = 'IMPORTING', step = 4, is_latest_task_done = '0', latest_task_attempts = 1");

        await trial.RunToAsync(RelocationTaskName.Postprocessing);

        Assert.Equal(rows, await trial.RowsAsync());
    }

    [Fact]
    [Parity("addendum", "C-1")]
    [Parity("10.4", "Resume")]
    public async Task Import_that_was_begun_chunk_by_chunk_is_ended_so_by_a_run_that_is_not_told_to()
    {
        await using var whole = await RelocationTrial.CreateAsync(engine);
        await whole.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await whole.RunAsync(whole.Options(isResumable: true));
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RefuseProjectsAsync();
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using (var connection = await trial.Database.OpenConnectionAsync(Cancel))
        {
            var interrupted = new RelocationTask(trial.Engine, trial.Options(isResumable: true, failAt: (task, attempt) =>
            {
                if (task != RelocationTaskName.Importing || attempt == 1)
                {
                    return null;
                }

                broken.Cancel();
                return new OperationCanceledException(broken.Token);
            }));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted.RunAsync(connection, RelocationTrial.Uuid, broken.Token));
        }

        Assert.Equal("2|0", await trial.TextAsync("SELECT (SELECT count(*) FROM sentry_organization), (SELECT count(*) FROM sentry_project)"));
        await trial.AllowProjectsAsync();

        var state = await trial.RunAsync(trial.Options(isResumable: false));

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal((await whole.MapAsync()).ToSnapshot(), (await trial.MapAsync()).ToSnapshot());
        Assert.Equal(await whole.RowsAsync(), await trial.RowsAsync());
    }

    [Fact]
    [Parity("10.4", "Resume")]
    public async Task Import_that_had_ended_whole_is_not_begun_again_chunk_by_chunk()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.Postprocessing);
        var rows = await trial.RowsAsync();
        await trial.Database.RunAsync("UPDATE sentry_relocation SET latest_task = 'IMPORTING', step = 4, is_latest_task_done = '0', latest_task_attempts = 1");

        var state = await trial.RunToAsync(RelocationTaskName.Postprocessing, isResumable: true);

        Assert.True(state.Step == RelocationStep.Postprocessing, $"{state.FailureReason} {trial.Log}");
        Assert.Equal(rows, await trial.RowsAsync());
    }

    [Theory]
    [InlineData(false, RelocationTaskName.Postprocessing)]
    [InlineData(true, RelocationTaskName.Postprocessing)]
    [InlineData(false, RelocationTaskName.Completed)]
    [InlineData(true, RelocationTaskName.Completed)]
    [Parity("addendum", "C-1")]
    [Parity("addendum", "C-6")]
    [Parity("addendum", "T-32")]
    public async Task Abandoned_relocation_leaves_nothing_of_its_import(bool isResumable, RelocationTaskName at)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().User(1, "ada").Organization(2, "acme"));
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var rows = await trial.RowsAsync();
        await trial.RunToAsync(at, isResumable);
        Assert.NotEqual(rows, await trial.RowsAsync());

        await using var connection = await trial.Database.OpenConnectionAsync(Cancel);
        var state = await new RelocationTask(trial.Engine, trial.Options(isResumable)).AbandonAsync(connection, RelocationTrial.Uuid, Cancel);

        Assert.Equal(
            (RelocationStatus.Failure, "The relocation was abandoned by an administrator, and what it had imported was removed."),
            (state.Status, state.FailureReason));
        Assert.Equal(rows, await trial.RowsAsync());
        Assert.Empty(await trial.FilesAsync(string.Empty));
        await MustGiveHigherKeysAsync(trial, rows);
    }

    [Fact]
    [Parity("addendum", "C-1")]
    public async Task Abandoned_import_leaves_what_others_have_come_to_use()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted, provenance: RelocationProvenance.SaasToSaas);
        await trial.RunToAsync(RelocationTaskName.NotifyingUnhide);
        await trial.Database.RunAsync("UPDATE auth_user SET email = 'BOB@example.com' WHERE username = 'boss'");

        await using var connection = await trial.Database.OpenConnectionAsync(Cancel);
        await new RelocationTask(trial.Engine, trial.Options()).AbandonAsync(connection, RelocationTrial.Uuid, Cancel);

        Assert.Equal("boss", await trial.TextAsync("SELECT username FROM auth_user"));
        Assert.Equal("bob@example.com\nboss@example.com", await trial.TextAsync("SELECT email FROM sentry_email ORDER BY email"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("addendum", "T-32")]
    public async Task Import_that_others_have_built_on_is_not_abandoned_and_that_is_said(bool isResumable)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.Postprocessing, isResumable);
        await trial.Database.RunAsync("CREATE TABLE roadmap (project_id bigint REFERENCES sentry_project (id)); INSERT INTO roadmap SELECT min(id) FROM sentry_project");
        var rows = await trial.RowsAsync();

        await using var connection = await trial.Database.OpenConnectionAsync(Cancel);
        var refusal = await Assert.ThrowsAsync<RelocationTaskException>(
            () => new RelocationTask(trial.Engine, trial.Options(isResumable)).AbandonAsync(connection, RelocationTrial.Uuid, Cancel));

        Assert.Equal(RelocationTaskErrorKind.InUse, refusal.Kind);
        Assert.StartsWith($"What relocation {RelocationTrial.Uuid} has imported cannot be removed: other rows refer to it.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(rows, await trial.RowsAsync());
        Assert.Equal("0", await trial.TextAsync("SELECT status FROM sentry_relocation"));
    }

    [Theory]
    [InlineData("INSERT INTO sentry_organizationmember (organization_id, user_id, role, flags, date_added, has_global_access, invite_status, type, user_is_active) SELECT o.id, u.id, 'member', 0, '2024-01-01 00:00:00+00:00', '1', 0, 50, '1' FROM sentry_organization o, auth_user u WHERE o.slug = 'old' AND u.username = 'ada'")]
    [InlineData("UPDATE sentry_organizationmember SET inviter_id = (SELECT id FROM auth_user WHERE username = 'ada') WHERE organization_id = (SELECT id FROM sentry_organization WHERE slug = 'old')")]
    [Parity("addendum", "T-32")]
    public async Task Import_that_others_refer_to_where_the_database_does_not_look_is_not_abandoned(string refer)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().User(1, "eve").Organization(2, "old").Member(3, 2, 1));
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.Postprocessing);
        await trial.Database.RunAsync(refer);
        var rows = await trial.RowsAsync();

        await using var connection = await trial.Database.OpenConnectionAsync(Cancel);
        var refusal = await Assert.ThrowsAsync<RelocationTaskException>(
            () => new RelocationTask(trial.Engine, trial.Options()).AbandonAsync(connection, RelocationTrial.Uuid, Cancel));

        Assert.Equal(RelocationTaskErrorKind.InUse, refusal.Kind);
        Assert.Contains("sentry_organizationmember", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(rows, await trial.RowsAsync());
        Assert.Equal("0", await trial.TextAsync("SELECT status FROM sentry_relocation"));
    }

    [Fact]
    [Parity("addendum", "C-1")]
    public async Task Failed_import_that_others_have_built_on_fails_when_it_can_be_taken_back()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var rows = await trial.RowsAsync();
        await trial.RefuseProjectsAsync();
        await trial.Database.RunAsync("CREATE TABLE roadmap (organization_id bigint REFERENCES sentry_organization (id))");
        var options = trial.Options(isResumable: true, failAt: (task, attempt) =>
        {
            if (task == RelocationTaskName.Importing && attempt == 5)
            {
                trial.Database.RunAsync("INSERT INTO roadmap SELECT min(id) FROM sentry_organization").GetAwaiter().GetResult();
            }

            return null;
        });

        for (var time = 0; time < 2; time++)
        {
            var refusal = await Assert.ThrowsAsync<RelocationTaskException>(() => trial.RunAsync(options));
            Assert.Equal(RelocationTaskErrorKind.InUse, refusal.Kind);
            Assert.Equal("0|5", await trial.TextAsync("SELECT status, latest_task_attempts FROM sentry_relocation"));
        }

        await trial.Database.RunAsync("DELETE FROM roadmap");
        var state = await trial.RunAsync(options);
        Assert.Equal((RelocationStatus.Failure, CouldNotImport), (state.Status, state.FailureReason));
        Assert.Equal(rows, await trial.RowsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("addendum", "C-7")]
    public async Task Import_of_a_relocation_that_has_been_ended_meanwhile_is_not_committed(bool isResumable)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.EndWhenProjectsComeAsync();

        var state = await trial.RunAsync(trial.Options(isResumable));

        // What ends the relocation is taken back with what was imported: it begins again until attempts are used up.
        Assert.Equal((RelocationStatus.Failure, RelocationTaskName.Importing, 5), (state.Status, state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal("0", await trial.TextAsync("SELECT count(*) FROM sentry_organization"));
        Assert.DoesNotContain("attempt", trial.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Parity("addendum", "T-42")]
    public async Task Relocation_that_fails_after_its_import_leaves_the_organizations_hidden()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);

        var state = await trial.RunAsync(trial.Options(
            failAt: (task, _) => task == RelocationTaskName.Postprocessing ? new InvalidOperationException("asked for") : null));

        Assert.Equal((RelocationStatus.Failure, RelocationTaskName.Postprocessing, 4), (state.Status, state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal("The imported organizations could not be handed over: an error within the relocation.", state.FailureReason);
        Assert.Equal("acme|3\nbeta|3", await trial.TextAsync("SELECT slug, status FROM sentry_organization ORDER BY slug"));
    }

    /// <summary>What is imported next gets keys that were never given out before.</summary>
    private static async Task MustGiveHigherKeysAsync(RelocationTrial trial, IReadOnlyDictionary<string, string> before)
    {
        var highest = before["sentry_organization"].Length == 0 ? 0 : 1;
        if (trial.Engine.Name == "PostgreSQL")
        {
            var map = (await trial.Database.ImportAsync(new SentryRecords().Organization(1, "later").Backup, SentryScopes.Organization)).Map;
            Assert.True(map.Entries.Single().New.AsInteger() > highest + 2, "A key was given out again.");
        }
    }
}

using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>A relocation is tried in a scratch database before anything of it is imported (docs/tasks.md, The validation).</summary>
public abstract class RelocationValidationSpecification(DatabaseUnderTest engine)
{
    private const string InvalidPrefix = "The file failed its validation: ";

    /// <summary>The files of a run that comes to its end.</summary>
    private static readonly string[] FilesOfRun =
    [
        "compare-baseline-config.json", "compare-colliding-users.json", "export-baseline-config.json", "export-colliding-users.json",
        "import-baseline-config.json", "import-colliding-users.json", "import-raw-relocation-data.json", "null.json",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("10.2", "VALIDATING_START")]
    [Parity("10.2", "VALIDATING_POLL")]
    [Parity("10.2", "VALIDATING_COMPLETE")]
    [Parity("annex B", "I: run valid")]
    [Parity("annex C", "Validation: valid")]
    [Parity("addendum", "T-26")]
    public async Task Valid_file_is_tried_once_and_leaves_empty_findings_and_no_scratch_database()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        var scratch = new WatchedTarget();
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);

        var state = await trial.RunAsync(trial.Options(scratch: connection => scratch.Of(trial.Engine.TargetBeside(connection))));

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal(RelocationValidationStatus.Valid, state.Validation);
        Assert.Equal("4|1", await trial.TextAsync("SELECT status, attempts FROM sentry_relocationvalidation"));
        Assert.Equal("4", await trial.TextAsync("SELECT status FROM sentry_relocationvalidationattempt"));
        var run = (await trial.RunsAsync()).Single();
        Assert.Equal(FilesOfRun.Select(name => $"findings/{run}/{name}"), await trial.FilesAsync("findings/"));
        foreach (var name in FilesOfRun)
        {
            Assert.Equal("[]", await File.ReadAllTextAsync(Path.Combine(trial.Folder, "runs", RelocationTrial.Uuid.ToString(), "findings", run.ToString(), name), Cancel));
        }

        Assert.False(await engine.ExistsAsync(Assert.Single(scratch.ConnectionStrings)));
        Assert.NotEqual(trial.Database.ConnectionString, scratch.ConnectionStrings[0]);
    }

    [Fact]
    [Parity("annex B", "I: run invalid")]
    [Parity("annex C", "Validation: an organization made invalid")]
    [Parity("annex C", "Validation: import error")]
    [Parity("addendum", "T-23")]
    [Parity("addendum", "T-14")]
    public async Task Finding_of_an_import_makes_the_file_invalid_at_once()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        var records = RelocationTrial.Organizations().Add("useroption", 82, ("user", 12), ("key", "timezone"), ("value", "\"Nowhere/Never\""));
        await trial.StartAsync(records.Backup, RelocationTrial.Wanted);
        var before = await trial.RowsAsync();

        var state = await trial.RunAsync();

        await MustBeInvalidAsync(trial, state, "import-raw-relocation-data found ValidationError on sentry.useroption.");
        Assert.Equal(before, await trial.RowsAsync());
        Assert.Contains((await trial.FilesAsync("findings/")), name => name.EndsWith("import-raw-relocation-data.json", StringComparison.Ordinal));
        Assert.DoesNotContain((await trial.FilesAsync("findings/")), name => name.Contains("/export-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("addendum", "T-46")]
    public async Task Exports_are_read_as_they_were_written_whatever_the_next_run_is_told(bool isEncrypting)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().User(1, "ada"));
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.PreprocessingComplete, isEncrypting: isEncrypting);

        var state = await trial.RunAsync(trial.Options(isEncrypting: !isEncrypting));

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("addendum", "T-17")]
    public async Task Export_that_is_made_again_takes_the_place_of_one_in_the_other_form(bool isEncrypting)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.PreprocessingComplete, isEncrypting: isEncrypting);
        await trial.Database.RunAsync("UPDATE sentry_relocation SET latest_task = 'PREPROCESSING_TRANSFER'");

        await trial.RunToAsync(RelocationTaskName.PreprocessingComplete, isEncrypting: !isEncrypting);

        var end = isEncrypting ? "json" : "tar";
        Assert.Equal(
            [$"in/baseline-config.{end}", $"in/colliding-users.{end}", "in/filter-usernames.txt", "in/raw-relocation-data.tar"], await trial.FilesAsync("in/"));
    }

    [Fact]
    [Parity("addendum", "T-22")]
    public async Task Clock_that_is_set_back_far_does_not_hinder_a_run()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.ValidatingPoll);
        trial.Clock.Move(TimeSpan.FromDays(-400));

        var state = await trial.RunAsync();

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal(1, (await trial.RunsAsync()).Length);
        Assert.DoesNotContain("failed", trial.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sentry.organization", "name", true)]
    [InlineData("sentry.organization", "name", false)]
    [InlineData("sentry.user", "name", true)]
    [Parity("addendum", "T-23")]
    public async Task Value_that_its_column_cannot_take_makes_the_relocation_invalid_at_once(string model, string field, bool isLong)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        var value = isLong ? new string('x', 5_000) : "a\0b";
        var records = JsonNode.Parse(RelocationTrial.Organizations().Json)!.AsArray();
        records.First(record => (string?)record!["model"] == model)!["fields"]![field] = value;
        await trial.StartAsync(Backup.FromJson(records.ToJsonString()), RelocationTrial.Wanted);

        var state = await trial.RunAsync();

        await MustBeInvalidAsync(trial, state, "import-raw-relocation-data found ");
        Assert.DoesNotContain("xxxx", state.FailureReason + trial.Log, StringComparison.Ordinal);
    }

    [Fact]
    [Parity("annex C", "Validation: config made invalid")]
    [Parity("addendum", "T-26")]
    public async Task Configuration_that_comes_out_otherwise_makes_the_relocation_invalid()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        var options = trial.Options(isEncrypting: false);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted, options);
        await trial.RunToAsync(RelocationTaskName.ValidatingStart, isEncrypting: false);
        await trial.EditAsync("in/baseline-config.json", records =>
        {
            records.Add(Option(1));
            records.Add(Option(2));
        });

        var state = await trial.RunAsync(options);

        await MustBeInvalidAsync(trial, state, "compare-baseline-config found ");

        static JsonNode Option(int key) => new JsonObject
        {
            ["model"] = "sentry.option",
            ["pk"] = key,
            ["fields"] = new JsonObject { ["key"] = "mail.from", ["value"] = "\"a@example.com\"", ["last_updated"] = "2024-01-01T00:00:00.000Z", ["last_updated_by"] = "unknown" },
        };
    }

    [Fact]
    [Parity("annex C", "Validation: a user made invalid")]
    [Parity("addendum", "T-26")]
    public async Task User_who_comes_out_otherwise_makes_the_relocation_invalid()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine, target: new SentryRecords().User(1, "ada"));
        var options = trial.Options(isEncrypting: false);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted, options);
        await trial.RunToAsync(RelocationTaskName.ValidatingStart, isEncrypting: false);
        await trial.EditAsync("in/colliding-users.json", records =>
            records.Single(record => (string?)record!["model"] == "sentry.user")!["fields"]!["is_staff"] = true);

        var state = await trial.RunAsync(options);

        await MustBeInvalidAsync(trial, state, "compare-colliding-users found ");
        Assert.Contains("on sentry.user", state.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    [Parity("annex C", "Validation: nobody collides")]
    [Parity("addendum", "T-24")]
    public async Task Where_nobody_collides_imported_users_are_not_taken_for_colliding_ones()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        var options = trial.Options(isEncrypting: false);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted, options);
        await trial.RunToAsync(RelocationTaskName.ValidatingStart, isEncrypting: false);
        await trial.EditAsync("in/colliding-users.json", Assert.Empty);

        var state = await trial.RunAsync(options);

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
    }

    [Fact]
    [Parity("annex C", "Validation: a colliding administrator")]
    [Parity("addendum", "T-25")]
    [Parity("addendum", "T-28")]
    public async Task Colliding_users_are_valid_administrators_and_managed_ones_too()
    {
        var target = new SentryRecords()
            .User(1, "ada", more: [("is_superuser", true), ("is_staff", true)])
            .User(2, "bob", more: ("is_managed", true))
            .User(3, "bob,by")
            .Add("email", 1, ("email", "ADA@example.com"), ("date_added", "2025-01-01T00:00:00.000Z"))
            .UserEmail(1, 1, "ADA@example.com")
            .Add("userpermission", 1, ("user", 1), ("permission", "users.admin"))
            .Add("useroption", 1, ("user", 2), ("key", "timezone"), ("value", "\"Europe/Vienna\""));
        await using var trial = await RelocationTrial.CreateAsync(engine, target: target);
        await trial.StartAsync(RelocationTrial.Organizations().User(14, "bob,by").Member(55, 42, 14).Backup, RelocationTrial.Wanted);

        var state = await trial.RunAsync();

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {await FindingsAsync(trial)}");
        Assert.Equal(6, (await trial.TextAsync("SELECT id FROM auth_user WHERE username LIKE 'ada%' OR username LIKE 'bob%'")).Split('\n').Length);
    }

    [Fact]
    [Parity("addendum", "T-21")]
    [Parity("addendum", "T-23")]
    [Parity("annex B", "I: run timeout or failure, runs < 3")]
    public async Task Run_that_the_environment_has_failed_is_begun_again_as_another_one()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var started = new List<(RelocationTaskName, int)>();
        var runs = 0;

        var state = await trial.RunAsync(trial.Options(
            failAt: (task, attempt) =>
            {
                started.Add((task, attempt));
                return null;
            },
            scratch: connection => ++runs == 1 ? throw new IOException("no room") : trial.Engine.TargetBeside(connection)));

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal("4|2", await trial.TextAsync("SELECT status, attempts FROM sentry_relocationvalidation"));
        Assert.Equal("2\n4", await trial.TextAsync("SELECT status FROM sentry_relocationvalidationattempt ORDER BY id"));
        Assert.Equal(2, (await trial.RunsAsync()).Distinct().Count());
        Assert.Equal(
            [
                (RelocationTaskName.ValidatingStart, 1), (RelocationTaskName.ValidatingPoll, 1), (RelocationTaskName.ValidatingStart, 1),
                (RelocationTaskName.ValidatingPoll, 1), (RelocationTaskName.ValidatingComplete, 1),
            ],
            started.Where(task => task.Item1 is >= RelocationTaskName.ValidatingStart and <= RelocationTaskName.ValidatingComplete));
    }

    [Theory]
    [InlineData("time, time, time", RelocationValidationStatus.Timeout, "Every run of the validation timed out.")]
    [InlineData("time, fail, time", RelocationValidationStatus.Failure, "No run of the validation could be completed.")]
    [InlineData("fail, fail, fail", RelocationValidationStatus.Failure, "No run of the validation could be completed.")]
    [Parity("annex B", "I: run timeout or failure, runs = 3")]
    [Parity("annex C", "Validation: timeouts")]
    [Parity("annex C", "Validation: mixed statuses")]
    [Parity("addendum", "T-20")]
    [Parity("addendum", "T-22")]
    public async Task After_three_runs_that_came_to_nothing_the_relocation_fails(string ends, RelocationValidationStatus status, string reason)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var runs = new Queue<string>(ends.Split(", "));

        var state = await trial.RunAsync(trial.Options(scratch: connection =>
        {
            if (runs.Dequeue() == "fail")
            {
                throw new IOException("no room");
            }

            trial.Clock.Move(TimeSpan.FromMinutes(60));
            return trial.Engine.TargetBeside(connection);
        }));

        Assert.Empty(runs);
        Assert.Equal((RelocationStatus.Failure, reason), (state.Status, state.FailureReason));
        Assert.Equal((RelocationStep.Validating, RelocationTaskName.ValidatingPoll), (state.Step, state.LatestTask));
        Assert.Equal($"{(int)status}|3", await trial.TextAsync("SELECT status, attempts FROM sentry_relocationvalidation"));
        Assert.Equal(
            ends.Replace("time", "1", StringComparison.Ordinal).Replace("fail", "2", StringComparison.Ordinal).Replace(", ", "\n", StringComparison.Ordinal),
            await trial.TextAsync("SELECT status FROM sentry_relocationvalidationattempt ORDER BY id"));
        Assert.Equal([RelocationMessageKind.Started, RelocationMessageKind.Failed], trial.Sent.Select(message => message.Kind));
    }

    [Fact]
    [Parity("addendum", "T-22")]
    public async Task Run_that_takes_too_long_is_broken_off_in_the_middle()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var parts = new List<string>();
        var progress = new RelocationListener(said =>
        {
            parts.AddRange(said is { Task: RelocationTaskName.ValidatingPoll, Detail: { } detail } ? [detail] : []);
            if (parts is ["import of baseline-config", "import of colliding-users"])
            {
                parts.Add("an hour");
                trial.Clock.Move(TimeSpan.FromMinutes(60));
            }
        });

        var scratch = new WatchedTarget();
        var state = await trial.RunAsync(trial.Options(progress: progress, scratch: connection => scratch.Of(trial.Engine.TargetBeside(connection))));

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal(
            ["import of baseline-config", "import of colliding-users", "an hour", "import of baseline-config"], parts.Take(4));
        Assert.Equal("1\n4", await trial.TextAsync("SELECT status FROM sentry_relocationvalidationattempt ORDER BY id"));
        Assert.Equal(2, scratch.ConnectionStrings.Count);
        Assert.False(await engine.ExistsAsync(scratch.ConnectionStrings[0]));
        Assert.False(await engine.ExistsAsync(scratch.ConnectionStrings[1]));
    }

    [Theory]
    [InlineData(59, "4")]
    [InlineData(60, "1\n4")]
    [Parity("addendum", "T-22")]
    public async Task Run_whose_hour_is_over_before_anybody_looks_has_timed_out(int minutes, string runs)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.ValidatingPoll);
        trial.Clock.Move(TimeSpan.FromMinutes(minutes));

        var state = await trial.RunAsync();

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
        Assert.Equal(runs, await trial.TextAsync("SELECT status FROM sentry_relocationvalidationattempt ORDER BY id"));
    }

    [Fact]
    [Parity("annex C", "Validation: stale findings")]
    [Parity("addendum", "T-27")]
    public async Task Findings_of_another_run_or_of_one_that_was_broken_off_do_not_count()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.ValidatingPoll);
        var run = (await trial.RunsAsync()).Single();
        await WriteAsync(trial, Guid.NewGuid(), "compare-colliding-users", "[{}]");
        await WriteAsync(trial, run, "zz-stale", "[{}]");

        var state = await trial.RunAsync();

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
    }

    [Fact]
    [Parity("addendum", "T-27")]
    public async Task The_last_file_by_name_with_a_finding_decides_and_artifacts_do_not()
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.ValidatingComplete);
        var run = (await trial.RunsAsync()).Single();
        await WriteAsync(trial, run, "artifacts-zz", "no JSON");
        await WriteAsync(trial, run, "import-colliding-users", """[{"kind": "First", "on": {"model": "sentry.user", "ordinal": 1}}]""");
        await WriteAsync(trial, run, "compare-baseline-config", """[{"kind": "Second"}]""");

        var state = await trial.RunAsync();

        await MustBeInvalidAsync(trial, state, "import-colliding-users found First on sentry.user.");
    }

    [Theory]
    [InlineData("[}")]
    [InlineData("{}")]
    [InlineData(null)]
    [Parity("addendum", "T-27")]
    public async Task Findings_that_are_unreadable_or_gone_are_looked_for_again_until_attempts_are_used_up(string? content)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(RelocationTaskName.ValidatingComplete);
        var run = (await trial.RunsAsync()).Single();
        if (content is null)
        {
            foreach (var name in await trial.FilesAsync("findings/"))
            {
                await trial.Storage.DeleteAsync($"runs/{RelocationTrial.Uuid}/{name}", Cancel);
            }
        }
        else
        {
            await WriteAsync(trial, run, "null", content);
        }

        var state = await trial.RunAsync();

        Assert.Equal((RelocationStatus.Failure, RelocationTaskName.ValidatingComplete, 4), (state.Status, state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal("The file could not be validated: an error within the relocation.", state.FailureReason);
        Assert.Equal(RelocationValidationStatus.InProgress, state.Validation);
    }

    [Theory]
    [InlineData(RelocationTaskName.ValidatingStart, "DELETE FROM sentry_relocationvalidation", "The file could not be validated: an error within the relocation.")]
    [InlineData(RelocationTaskName.ValidatingPoll, "DELETE FROM sentry_relocationvalidationattempt", "The record of the validation's run is gone.")]
    [InlineData(RelocationTaskName.ValidatingComplete, "DELETE FROM sentry_relocationvalidationattempt", "The record of the validation's run is gone.")]
    [Parity("addendum", "T-14")]
    public async Task Rows_of_the_validation_that_are_gone_fail_the_relocation_at_once(RelocationTaskName task, string delete, string reason)
    {
        await using var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        await trial.RunToAsync(task);
        await trial.Database.RunAsync(delete);

        var state = await trial.RunAsync();

        Assert.Equal((RelocationStatus.Failure, reason, 1), (state.Status, state.FailureReason, state.LatestTaskAttempts));
    }

    private static async Task MustBeInvalidAsync(RelocationTrial trial, RelocationState state, string reason)
    {
        Assert.True(state.Status == RelocationStatus.Failure, state.Status.ToString());
        Assert.StartsWith(InvalidPrefix + reason, state.FailureReason, StringComparison.Ordinal);
        Assert.Equal((RelocationStep.Validating, RelocationTaskName.ValidatingComplete, 1), (state.Step, state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal("3|1", await trial.TextAsync("SELECT status, attempts FROM sentry_relocationvalidation"));
        Assert.Equal("3", await trial.TextAsync("SELECT status FROM sentry_relocationvalidationattempt"));
        Assert.Equal("0", await trial.TextAsync("SELECT count(*) FROM sentry_organization"));
        Assert.Equal([RelocationMessageKind.Started, RelocationMessageKind.Failed], trial.Sent.Select(message => message.Kind));
    }

    private static Task WriteAsync(RelocationTrial trial, Guid run, string name, string content) => trial.Storage.WriteAsync(
        $"runs/{RelocationTrial.Uuid}/findings/{run}/{name}.json",
        async (stream, cancellation) => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(content), cancellation),
        Cancel);

    private static async Task<string> FindingsAsync(RelocationTrial trial)
    {
        var texts = new List<string>();
        foreach (var name in await trial.FilesAsync("findings/"))
        {
            texts.Add(await File.ReadAllTextAsync(Path.Combine(trial.Folder, "runs", RelocationTrial.Uuid.ToString(), name), Cancel));
        }

        return string.Join('\n', texts);
    }
}

using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>What administrators have done with relocations: pause, unpause, resume, cancel, abort, abandon, retry.</summary>
public abstract class TaskOrderSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<RelocationStep> Marked =>
        [RelocationStep.Preprocessing, RelocationStep.Validating, RelocationStep.Importing, RelocationStep.Postprocessing, RelocationStep.Notifying];

    [Theory]
    [MemberData(nameof(Marked))]
    [Parity("annex B", "I, P: pause request")]
    [Parity("annex B", "P: unpause")]
    [Parity("addendum", "T-18")]
    [Parity("addendum", "T-34")]
    [Parity("annex C", "Pause at each step in a whole run")]
    public async Task Whole_run_pauses_at_each_step_and_goes_on(RelocationStep at)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        Assert.Equal(at, (await bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, at, Cancel)).PauseAt);

        var paused = await bed.RunAsync();
        var still = await bed.RunAsync();

        var first = TaskDefinition.FirstOf(at);
        Assert.Equal((RelocationStatus.Pause, at, first, 1, null), (paused.Status, paused.Step, paused.LatestTask, paused.LatestTaskAttempts, paused.PauseAt));
        Assert.Equal((paused.Status, paused.LatestTask, paused.LatestTaskAttempts), (still.Status, still.LatestTask, still.LatestTaskAttempts));
        var attempts = new List<int>();
        bed.Own[first] = new FakeStep(first, context =>
        {
            attempts.Add(context.Attempt);
            return TaskOutcome.Next();
        });

        var lifted = await bed.Relocations.UnpauseAsync(bed.Connection, TaskBed.Uuid, null, Cancel);
        Assert.Equal((RelocationStatus.InProgress, first, 0), (lifted.Status, lifted.LatestTask, lifted.LatestTaskAttempts));
        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);
        Assert.Equal([1], attempts);
    }

    [Theory]
    [MemberData(nameof(Marked))]
    [Parity("annex B", "I, P: cancel request")]
    [Parity("addendum", "T-18")]
    [Parity("annex C", "Cancel at each step in a whole run")]
    public async Task Whole_run_is_cancelled_at_each_step(RelocationStep at)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, at, Cancel);
        Assert.Equal(at, (await bed.Relocations.CancelAsync(bed.Connection, TaskBed.Uuid, at, Cancel)).CancelAt);
        var ran = new List<RelocationTaskName>();
        bed.FailAt = (name, _) =>
        {
            ran.Add(name);
            return null;
        };

        var state = await bed.RunAsync();

        Assert.Equal((RelocationStatus.Failure, at, "The relocation was cancelled by an administrator."), (state.Status, state.Step, state.FailureReason));
        Assert.Equal(TaskDefinition.FirstOf(at) - 1, ran[^1]);
        Assert.Empty(state.Messages);
    }

    [Theory]
    [InlineData(RelocationStep.Uploading, null, RelocationStep.Preprocessing)]
    [InlineData(RelocationStep.Postprocessing, null, RelocationStep.Notifying)]
    [InlineData(RelocationStep.Notifying, null, null)]
    [InlineData(RelocationStep.Uploading, RelocationStep.Unknown, null)]
    [InlineData(RelocationStep.Uploading, RelocationStep.Uploading, null)]
    [InlineData(RelocationStep.Uploading, RelocationStep.Completed, null)]
    [InlineData(RelocationStep.Importing, RelocationStep.Validating, null)]
    [InlineData(RelocationStep.Importing, RelocationStep.Importing, null)]
    [InlineData(RelocationStep.Importing, RelocationStep.Notifying, RelocationStep.Notifying)]
    [Parity("addendum", "T-6")]
    public async Task Later_steps_but_the_last_may_be_marked(RelocationStep current, RelocationStep? at, RelocationStep? marked)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.SetAsync(row => row with { Step = current });

        if (marked is null)
        {
            await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStep, () => bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, at, Cancel));
            await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStep, () => bed.Relocations.CancelAsync(bed.Connection, TaskBed.Uuid, at, Cancel));
            Assert.Equal((null, null), ((await bed.StateAsync()).PauseAt, (await bed.StateAsync()).CancelAt));
            return;
        }

        Assert.Equal(marked, (await bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, at, Cancel)).PauseAt);
        Assert.Equal(marked, (await bed.Relocations.CancelAsync(bed.Connection, TaskBed.Uuid, at, Cancel)).CancelAt);
    }

    [Theory]
    [InlineData(RelocationStatus.InProgress, true, true)]
    [InlineData(RelocationStatus.Pause, true, true)]
    [InlineData(RelocationStatus.Failure, false, null)]
    [InlineData(RelocationStatus.Success, false, false)]
    [Parity("addendum", "T-6")]
    public async Task Status_decides_who_may_be_paused_or_cancelled(RelocationStatus status, bool maybePaused, bool? maybeCancelled)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.SetAsync(row => row with { Status = status });
        bed.Clock.GoOn(TimeSpan.FromSeconds(1));

        Task Pause() => bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, null, Cancel);
        Task CancelIt() => bed.Relocations.CancelAsync(bed.Connection, TaskBed.Uuid, null, Cancel);
        await (maybePaused ? Pause() : TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, Pause));
        await (maybeCancelled != false ? CancelIt() : TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, CancelIt));

        // Cancelling one that has failed is answered, and changes nothing.
        var state = await bed.StateAsync();
        Assert.Equal((maybeCancelled == true ? RelocationStep.Preprocessing : (RelocationStep?)null, maybePaused), (state.CancelAt, state.DateUpdated == bed.Clock.GetUtcNow()));
    }

    [Fact]
    [Parity("addendum", "T-34")]
    public async Task Unpausing_one_in_progress_moves_or_takes_away_its_mark_and_is_else_refused()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, RelocationStep.Validating, Cancel);

        var moved = await bed.Relocations.UnpauseAsync(bed.Connection, TaskBed.Uuid, RelocationStep.Importing, Cancel);
        Assert.Equal((RelocationStatus.InProgress, RelocationStep.Importing), (moved.Status, moved.PauseAt));
        Assert.Null((await bed.Relocations.UnpauseAsync(bed.Connection, TaskBed.Uuid, null, Cancel)).PauseAt);
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, () => bed.Relocations.UnpauseAsync(bed.Connection, TaskBed.Uuid, null, Cancel));
        foreach (var status in (RelocationStatus[])[RelocationStatus.Failure, RelocationStatus.Success])
        {
            await bed.SetAsync(row => row with { Status = status });
            await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, () => bed.Relocations.UnpauseAsync(bed.Connection, TaskBed.Uuid, null, Cancel));
        }
    }

    [Fact]
    [Parity("addendum", "C-6")]
    [Parity("addendum", "T-34")]
    public async Task Resuming_lifts_a_pause_may_set_the_next_and_runs()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, RelocationStep.Validating, Cancel);
        await bed.RunAsync();

        var next = await bed.Relocations.ResumeAsync(bed.Connection, TaskBed.Uuid, RelocationStep.Postprocessing, Cancel);
        Assert.Equal((RelocationStatus.Pause, RelocationStep.Postprocessing), (next.Status, next.Step));
        var end = await bed.Relocations.ResumeAsync(bed.Connection, TaskBed.Uuid, null, Cancel);

        Assert.Equal(RelocationStatus.Success, end.Status);
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, () => bed.Relocations.ResumeAsync(bed.Connection, TaskBed.Uuid, null, Cancel));
        await bed.SetAsync(row => row with { Status = RelocationStatus.Failure });
        var failed = await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, () => bed.Relocations.ResumeAsync(bed.Connection, TaskBed.Uuid, null, Cancel));
        Assert.Contains("Retry", failed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RelocationStatus.InProgress)]
    [InlineData(RelocationStatus.Pause)]
    [Parity("annex B", "I, P: abort")]
    [Parity("addendum", "T-32")]
    public async Task Abort_fails_at_once_deletes_nothing_and_tells_nobody(RelocationStatus status)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.SetAsync(row => row with { Status = status, Step = RelocationStep.Importing, LatestTask = RelocationTaskName.Importing });

        var state = await bed.Relocations.AbortAsync(bed.Connection, TaskBed.Uuid, Cancel);

        Assert.Equal((RelocationStatus.Failure, "The relocation was aborted by an administrator."), (state.Status, state.FailureReason));
        Assert.Empty(state.Messages);
        Assert.Empty(bed.Undone);
        Assert.Single(bed.Storage.Files);
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, () => bed.Relocations.AbortAsync(bed.Connection, TaskBed.Uuid, Cancel));
    }

    [Theory]
    [InlineData(RelocationStatus.InProgress, "The relocation was abandoned by an administrator, and what it had imported was removed.")]
    [InlineData(RelocationStatus.Pause, "The relocation was abandoned by an administrator, and what it had imported was removed.")]
    [InlineData(RelocationStatus.Failure, "before")]
    [Parity("addendum", "T-32")]
    [Parity("addendum", "C-6")]
    public async Task Abandoning_takes_the_import_back_and_the_files_but_the_first(RelocationStatus status, string reason)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        var row = await bed.SetAsync(row => row with { Status = status, FailureReason = status == RelocationStatus.Failure ? "before" : null });
        var name = bed.Storage.Files.Single().Key;
        bed.Storage.Files[$"runs/{row.Uuid}/in/raw-relocation-data.tar"] = [];
        bed.Storage.Files["runs/other/in/raw-relocation-data.tar"] = [];

        var state = await bed.Relocations.AbandonAsync(bed.Connection, TaskBed.Uuid, Cancel);

        Assert.Equal((RelocationStatus.Failure, reason, null), (state.Status, state.FailureReason, state.HeldUntil));
        Assert.Equal([TaskBed.Uuid], bed.Undone);
        Assert.Equal([name, "runs/other/in/raw-relocation-data.tar"], bed.Storage.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(state.Messages);
    }

    [Fact]
    [Parity("addendum", "T-32")]
    public async Task What_has_succeeded_or_is_being_run_cannot_be_abandoned()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.Runner.TakeAsync(Cancel);
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.LeaseHeld, () => bed.Relocations.AbandonAsync(bed.Connection, TaskBed.Uuid, Cancel));
        bed.Clock.GoOn(TimeSpan.FromHours(1));
        await bed.SetAsync(row => row with { Status = RelocationStatus.Success });

        await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, () => bed.Relocations.AbandonAsync(bed.Connection, TaskBed.Uuid, Cancel));

        Assert.Empty(bed.Undone);
        Assert.Null((await bed.StateAsync()).HeldUntil);
    }

    [Fact]
    [Parity("annex B", "F: retry")]
    [Parity("addendum", "T-33")]
    [Parity("addendum", "C-6")]
    public async Task Retry_makes_a_new_relocation_with_the_same_file()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        var request = new RelocationRequest
        {
            File = TaskBed.Request().File, Owner = TaskBed.Owner, Organizations = ["acme"], Uuid = TaskBed.Uuid, Provenance = RelocationProvenance.SaasToSaas,
        };
        await bed.StartAsync(request);
        await bed.SetAsync(row => row with { Status = RelocationStatus.Failure, Step = RelocationStep.Importing, WantUsernames = ["a"] });
        bed.AutopauseAt = RelocationStep.Validating;
        var second = Guid.Parse("00000000-0000-4000-8000-000000000002");

        var state = await bed.Relocations.RetryAsync(bed.Connection, TaskBed.Uuid, TaskBed.Admin, second, Cancel);

        Assert.Equal((second, RelocationStep.Uploading, RelocationStatus.InProgress), (state.Uuid, state.Step, state.Status));
        Assert.Equal((TaskBed.Owner, TaskBed.Admin, RelocationProvenance.SelfHosted), (state.Owner, state.Creator, state.Provenance));
        Assert.Equal(RelocationStep.Validating, state.PauseAt);
        Assert.Equal(["acme"], state.Organizations);
        Assert.Null(state.Usernames);
        Assert.Equal("1|2", await bed.Database.TextAsync("SELECT count(DISTINCT file_key), count(*) FROM sentry_relocationfile"));
        Assert.Equal(RelocationStatus.Failure, (await bed.StateAsync()).Status);
    }

    [Fact]
    [Parity("addendum", "T-33")]
    public async Task Retry_is_refused_unless_it_has_failed_and_file_and_owner_are_there_and_free()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        Task Retry() => bed.Relocations.RetryAsync(bed.Connection, TaskBed.Uuid, null, null, Cancel);
        foreach (var status in (RelocationStatus[])[RelocationStatus.InProgress, RelocationStatus.Pause, RelocationStatus.Success])
        {
            await bed.SetAsync(row => row with { Status = status });
            await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStatus, Retry);
        }

        await bed.SetAsync(row => row with { Status = RelocationStatus.Failure });
        var (name, bytes) = bed.Storage.Files.Single();
        bed.Storage.Files.Clear();
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.FileMissing, Retry);
        bed.Storage.Files[name] = bytes;

        await Retry();
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.OwnerBusy, Retry);

        await bed.Connection.RunAsync("UPDATE sentry_relocation SET owner_id = 999999");
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.UserMissing, Retry);
        Assert.Equal(2, (await bed.Relocations.ListAsync(bed.Connection, Cancel)).Count);
    }
}

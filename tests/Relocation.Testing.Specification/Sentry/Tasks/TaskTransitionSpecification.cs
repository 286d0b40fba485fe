using Relocation.Testing.Sentry.Tasks.Running;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>Every row of the table of transitions (docs/tasks.md, States), from a row as it stands in the database to the next.</summary>
public abstract class TaskTransitionSpecification(DatabaseUnderTest engine)
{
    [Fact]
    [Parity("annex B", "any: start, no row")]
    [Parity("10.3", "No row")]
    public async Task No_relocation_is_no_relocation_to_start()
    {
        await using var bed = await TaskBed.CreateAsync(engine);

        var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.NotFound, () => bed.RunAsync());

        Assert.Contains(TaskBed.Uuid.ToString(), message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RelocationStatus.Failure)]
    [InlineData(RelocationStatus.Success)]
    [Parity("annex B", "F, S: start")]
    [Parity("10.3", "Neither in progress nor paused")]
    public async Task Relocation_that_has_ended_stays_as_it_is(RelocationStatus status)
    {
        await using var bed = await AtAsync(engine, RelocationTaskName.PreprocessingScan, row => row with { Status = status });

        await MustStayAsync(bed, StartKind.Ended, RelocationTaskName.PreprocessingTransfer);
    }

    [Theory]
    [InlineData(RelocationStatus.InProgress, RelocationTaskName.PreprocessingScan)]
    [InlineData(RelocationStatus.Pause, RelocationTaskName.PreprocessingScan)]
    [InlineData(RelocationStatus.InProgress, RelocationTaskName.UploadingStart)]
    [Parity("annex B", "I, P: start, lower task")]
    [Parity("addendum", "T-9")]
    [Parity("10.3", "Redundant task")]
    public async Task Task_that_is_over_is_redundant_and_counts_no_attempt(RelocationStatus status, RelocationTaskName task)
    {
        await using var bed = await AtAsync(engine, RelocationTaskName.PreprocessingTransfer, row => row with { Status = status });

        await MustStayAsync(bed, StartKind.Redundant, task);
    }

    [Theory]
    [InlineData(RelocationStatus.InProgress)]
    [InlineData(RelocationStatus.Pause)]
    [Parity("annex B", "I, P: start, higher task")]
    [Parity("addendum", "T-10")]
    [Parity("addendum", "T-12")]
    [Parity("10.3", "Task out of order")]
    public async Task Task_out_of_order_fails_with_the_reason_of_its_category(RelocationStatus status)
    {
        await using var bed = await AtAsync(engine, RelocationTaskName.PreprocessingScan, row => row with { Status = status });

        Assert.Equal(StartKind.OutOfOrder, await bed.StartTaskAsync(RelocationTaskName.Importing));

        await MustHaveFailedAsync(bed, RelocationTaskName.PreprocessingScan, 1, "The file could not be imported: an error within the relocation.");
    }

    [Theory]
    [InlineData(RelocationTaskName.UploadingStart, true)]
    [InlineData(RelocationTaskName.UploadingComplete, false)]
    [InlineData(RelocationTaskName.Importing, false)]
    [Parity("addendum", "T-9")]
    [Parity("10.3", "Empty latest task")]
    public async Task Before_the_first_task_only_that_is_in_order(RelocationTaskName task, bool isFirst)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();

        Assert.Equal(isFirst ? StartKind.Started : StartKind.OutOfOrder, await bed.StartTaskAsync(task));

        Assert.Equal(isFirst ? RelocationStatus.InProgress : RelocationStatus.Failure, (await bed.StateAsync()).Status);
    }

    [Theory]
    [InlineData(RelocationStatus.InProgress)]
    [InlineData(RelocationStatus.Pause)]
    [Parity("annex B", "I, P: start, attempts used up")]
    [Parity("addendum", "T-10")]
    [Parity("addendum", "T-12")]
    [Parity("addendum", "C-4")]
    [Parity("10.3", "Same task again, attempts used up")]
    public async Task Task_whose_attempts_are_used_up_fails_with_a_reason(RelocationStatus status)
    {
        await using var bed = await AtAsync(engine, RelocationTaskName.PreprocessingScan, row => row with { Status = status, LatestTaskAttempts = 4 });

        Assert.Equal(StartKind.Exhausted, await bed.StartTaskAsync(RelocationTaskName.PreprocessingScan));

        await MustHaveFailedAsync(bed, RelocationTaskName.PreprocessingScan, 4, "The file could not be prepared: an error within the relocation.");
    }

    [Theory]
    [InlineData(RelocationStatus.InProgress)]
    [InlineData(RelocationStatus.Pause)]
    [Parity("annex B", "I, P: start, cancel mark")]
    [Parity("addendum", "T-11")]
    [Parity("10.3", "Scheduled cancel")]
    public async Task Cancel_comes_before_pause_clears_both_marks_and_tells_nobody(RelocationStatus status)
    {
        await using var bed = await AtAsync(engine, RelocationTaskName.PreprocessingComplete, row => row with
        {
            Status = status, PauseAt = RelocationStep.Validating, CancelAt = RelocationStep.Validating, LatestNotified = RelocationMessageKind.Started,
        });

        Assert.Equal(StartKind.Cancelled, await bed.StartTaskAsync(RelocationTaskName.ValidatingStart));

        var state = await bed.StateAsync();
        Assert.Equal((RelocationStatus.Failure, RelocationStep.Validating), (state.Status, state.Step));
        Assert.Equal((RelocationTaskName.ValidatingStart, 1), (state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal((null, null), (state.PauseAt, state.CancelAt));
        Assert.Equal("The relocation was cancelled by an administrator.", state.FailureReason);
        Assert.Equal(RelocationMessageKind.Started, state.LatestNotified);
        Assert.Empty(state.Messages);
    }

    [Fact]
    [Parity("annex B", "I: start, pause mark")]
    [Parity("addendum", "T-11")]
    [Parity("10.3", "Scheduled pause")]
    public async Task Pause_clears_its_own_mark_alone()
    {
        await using var bed = await AtAsync(engine, RelocationTaskName.PreprocessingComplete, row => row with
        {
            PauseAt = RelocationStep.Validating, CancelAt = RelocationStep.Importing,
        });

        Assert.Equal(StartKind.Paused, await bed.StartTaskAsync(RelocationTaskName.ValidatingStart));

        var state = await bed.StateAsync();
        Assert.Equal((RelocationStatus.Pause, RelocationStep.Validating), (state.Status, state.Step));
        Assert.Equal((RelocationTaskName.ValidatingStart, 1), (state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal((null, RelocationStep.Importing), (state.PauseAt, state.CancelAt));
    }

    [Fact]
    [Parity("annex B", "P: start")]
    [Parity("addendum", "T-10")]
    [Parity("addendum", "T-11")]
    [Parity("10.3", "Paused already")]
    public async Task Paused_relocation_that_is_started_stays_paused()
    {
        await using var bed = await AtAsync(engine, RelocationTaskName.ValidatingStart, row => row with
        {
            Status = RelocationStatus.Pause, PauseAt = RelocationStep.Postprocessing,
        });

        Assert.Equal(StartKind.Paused, await bed.StartTaskAsync(RelocationTaskName.ValidatingStart));

        var state = await bed.StateAsync();
        Assert.Equal((RelocationStatus.Pause, RelocationTaskName.ValidatingStart, 2, null), (state.Status, state.LatestTask, state.LatestTaskAttempts, state.PauseAt));
    }

    [Theory]
    [InlineData(RelocationTaskName.PreprocessingScan, 2, RelocationStep.Preprocessing)]
    [InlineData(RelocationTaskName.PreprocessingTransfer, 1, RelocationStep.Preprocessing)]
    [Parity("annex B", "I: start")]
    [Parity("addendum", "T-11")]
    [Parity("10.3", "Same task again")]
    [Parity("10.3", "New task")]
    public async Task Task_that_is_started_counts_its_attempts(RelocationTaskName task, int attempts, RelocationStep step)
    {
        // A mark of a step that is not entered now says nothing.
        await using var bed = await AtAsync(engine, RelocationTaskName.PreprocessingScan, row => row with
        {
            PauseAt = RelocationStep.Validating, CancelAt = RelocationStep.Validating,
        });

        Assert.Equal(StartKind.Started, await bed.StartTaskAsync(task));

        var state = await bed.StateAsync();
        Assert.Equal((RelocationStatus.InProgress, task, attempts, step), (state.Status, state.LatestTask, state.LatestTaskAttempts, state.Step));
        Assert.Equal((RelocationStep.Validating, RelocationStep.Validating), (state.PauseAt, state.CancelAt));
    }

    [Fact]
    [Parity("addendum", "T-18")]
    public async Task Step_changes_when_its_first_task_starts_and_not_before()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        var steps = new List<(RelocationTaskName, RelocationStep)>();
        foreach (var task in TaskDefinition.All)
        {
            bed.Own[task.Name] = new FakeStep(task.Name, context =>
            {
                steps.Add((task.Name, context.Relocation.Step));
                return TaskOutcome.Next((_, row, _) =>
                {
                    Assert.Equal(task.Step, row.Step);
                    return Task.FromResult(row);
                });
            });
        }

        await bed.RunAsync();

        Assert.Equal(TaskDefinition.All.Select(task => (task.Name, task.Step)), steps);
    }

    [Fact]
    public async Task Progress_says_which_attempt_of_which_task_begins()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.FailAt = (name, attempt) => name == RelocationTaskName.Importing && attempt == 1 ? new InvalidOperationException("once") : null;
        bed.Own[RelocationTaskName.ValidatingPoll] = new FakeStep(RelocationTaskName.ValidatingPoll, context =>
        {
            context.Report("half-way");
            return TaskOutcome.Next();
        });
        await bed.StartAsync();

        await bed.RunAsync();

        Assert.Equal(TaskDefinition.All.Count + 2, bed.Progress.Count);
        Assert.Equal(TaskDefinition.All.Select(task => task.Name), bed.Progress.Select(progress => progress.Task).Distinct());
        Assert.Contains(new RelocationProgress(TaskBed.Uuid, RelocationTaskName.Importing, 2, 5, null), bed.Progress);
        Assert.Contains(new RelocationProgress(TaskBed.Uuid, RelocationTaskName.ValidatingPoll, 1, 61, "half-way"), bed.Progress);
    }

    [Fact]
    [Parity("annex B", "I: exception, attempts left")]
    [Parity("addendum", "T-14")]
    [Parity("addendum", "C-3")]
    public async Task Exception_stores_nothing_and_the_task_is_tried_again()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        var rows = new List<RelocationRow>();
        bed.Own[RelocationTaskName.Importing] = new FakeStep(RelocationTaskName.Importing, context =>
        {
            rows.Add(context.Relocation);
            return context.Attempt == 1 ? throw new InvalidOperationException("the first time") : TaskOutcome.Next();
        });
        await bed.StartAsync();

        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);

        Assert.Equal(rows[0] with { LatestTaskAttempts = 2 }, rows[1] with { WantOrgSlugs = rows[0].WantOrgSlugs, LeaseExpiresAt = rows[0].LeaseExpiresAt, DateUpdated = rows[0].DateUpdated });
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    [Parity("annex B", "I: exception, attempts used up")]
    [Parity("10.2", "Attempts")]
    [Parity("10.3", "Retry or fail")]
    [Parity("addendum", "T-14")]
    [Parity("addendum", "C-3")]
    public async Task Exception_of_the_last_attempt_fails_with_the_reason_of_the_category(RelocationTaskName task)
    {
        var definition = TaskDefinition.Of(task);
        await using var bed = await TaskBed.CreateAsync(engine);
        var attempts = 0;
        bed.FailAt = (name, attempt) =>
        {
            attempts = name == task ? attempt : attempts;
            return name == task ? new InvalidOperationException("always") : null;
        };
        await bed.StartAsync();

        var state = await bed.RunAsync();

        Assert.Equal(definition.MaxAttempts, attempts);
        Assert.Equal((RelocationStatus.Failure, definition.Step, task), (state.Status, state.Step, state.LatestTask));
        Assert.Equal(FailureReason.Of(definition.Category).Text, state.FailureReason);
        Assert.Equal(RelocationMessageKind.Failed, Assert.Single(state.Messages).Kind);
        Assert.Equal(task == RelocationTaskName.Importing ? [TaskBed.Uuid] : [], bed.Undone);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    [Parity("annex B", "I: definite failure")]
    [Parity("10.3", "Fail")]
    [Parity("addendum", "T-14")]
    [Parity("addendum", "C-3")]
    public async Task Definite_failure_fails_at_once_with_its_reason(RelocationTaskName task)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.Own[task] = new FakeStep(task, _ => TaskOutcome.Fail(FailureReason.Of(FailureCategory.ValidatingInvalid, "a thing")));
        await bed.StartAsync();

        var state = await bed.RunAsync();

        Assert.Equal((RelocationStatus.Failure, task, 1), (state.Status, state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal("The file failed its validation: a thing", state.FailureReason);
        Assert.Equal(RelocationMessageKind.Failed, state.LatestNotified);
    }

    [Fact]
    [Parity("annex B", "I: run timeout or failure, runs left")]
    [Parity("addendum", "T-21")]
    public async Task Task_that_goes_back_begins_with_its_first_attempt_and_the_step_stays()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        var starts = new List<(int Attempt, RelocationStep Step)>();
        bed.Own[RelocationTaskName.ValidatingStart] = new FakeStep(RelocationTaskName.ValidatingStart, context =>
        {
            starts.Add((context.Attempt, context.Relocation.Step));
            return TaskOutcome.Next();
        });
        bed.Own[RelocationTaskName.ValidatingPoll] = new FakeStep(RelocationTaskName.ValidatingPoll, _ =>
            starts.Count < 3 ? TaskOutcome.BackTo(RelocationTaskName.ValidatingStart) : TaskOutcome.Next());
        await bed.StartAsync();

        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);

        Assert.Equal(Enumerable.Repeat((1, RelocationStep.Validating), 3), starts);
    }

    [Theory]
    [InlineData(60, RelocationStatus.Success)]
    [InlineData(61, RelocationStatus.Failure)]
    [Parity("10.2", "VALIDATING_POLL: 61 attempts")]
    [Parity("addendum", "T-19")]
    public async Task Polls_are_a_minute_apart_and_count_as_attempts(int polls, RelocationStatus status)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.WaitsBetweenAttempts = true;
        var left = polls;
        bed.Own[RelocationTaskName.ValidatingPoll] = new FakeStep(RelocationTaskName.ValidatingPoll, _ =>
            left-- > 0 ? TaskOutcome.Again(TimeSpan.FromSeconds(60)) : TaskOutcome.Next());
        await bed.StartAsync();

        var state = await bed.RunAsync();

        Assert.Equal(status, state.Status);
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(60), polls), bed.Clock.Waits);
        Assert.Equal(status == RelocationStatus.Failure ? "The file could not be validated: an error within the relocation." : null, state.FailureReason);
    }

    [Fact]
    [Parity("annex B", "I: COMPLETED ends")]
    [Parity("addendum", "T-45")]
    public async Task Last_task_ends_the_relocation_and_sends_nothing()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();

        var state = await bed.RunAsync();

        Assert.Equal((RelocationStatus.Success, RelocationStep.Completed, RelocationTaskName.Completed), (state.Status, state.Step, state.LatestTask));
        Assert.Empty(state.Messages);
        Assert.Null(state.HeldUntil);
    }

    [Theory]
    [InlineData(true, new[] { 60, 120, 240, 480 })]
    [InlineData(false, new int[0])]
    [Parity("addendum", "T-19")]
    public async Task Attempts_wait_for_each_other_by_the_clock_unless_told_not_to(bool waits, int[] seconds)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.WaitsBetweenAttempts = waits;
        bed.FailAt = (name, attempt) => name == RelocationTaskName.Importing && attempt < 5 ? new InvalidOperationException("again") : null;
        await bed.StartAsync();

        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);

        Assert.Equal(seconds, bed.Clock.Waits.Select(wait => (int)wait.TotalSeconds));
    }

    [Fact]
    [Parity("addendum", "T-38")]
    public async Task Relocation_that_was_ended_meanwhile_takes_nothing_of_the_attempt_and_no_second_failure()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.Own[RelocationTaskName.PreprocessingScan] = new AbortingStep(RelocationTaskName.PreprocessingScan, bed);
        await bed.StartAsync();

        var state = await bed.RunAsync();

        Assert.Equal((RelocationStatus.Failure, "The relocation was aborted by an administrator."), (state.Status, state.FailureReason));
        Assert.Null(state.Usernames);
        Assert.Empty(state.Messages);
    }

    [Fact]
    public async Task Attempt_that_its_caller_cancels_counts_for_none()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        for (var run = 0; run < 6; run++)
        {
            using var cancellation = new CancellationTokenSource();
            bed.Own[RelocationTaskName.Importing] = new FakeStep(RelocationTaskName.Importing, _ =>
            {
                cancellation.Cancel();
                cancellation.Token.ThrowIfCancellationRequested();
                return TaskOutcome.Next();
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bed.Relocations.RunAsync(bed.Connection, TaskBed.Uuid, cancellation.Token));
            Assert.Equal((RelocationTaskName.Importing, 0, null), ((await bed.StateAsync()).LatestTask, (await bed.StateAsync()).LatestTaskAttempts, (await bed.StateAsync()).HeldUntil));
        }

        bed.Own.Clear();
        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);
    }

    public static TheoryData<RelocationTaskName> Tasks => [.. TaskDefinition.All.Select(task => task.Name)];

    /// <summary>A relocation whose latest task is a given one, in its first attempt.</summary>
    internal static async Task<TaskBed> AtAsync(DatabaseUnderTest engine, RelocationTaskName task, Func<RelocationRow, RelocationRow> change)
    {
        var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.SetAsync(row => change(row with { Step = TaskDefinition.Of(task).Step, LatestTask = task, LatestTaskAttempts = 1 }));
        return bed;
    }

    private static async Task MustStayAsync(TaskBed bed, StartKind kind, RelocationTaskName task)
    {
        var before = await bed.StateAsync();
        bed.Clock.GoOn(TimeSpan.FromSeconds(1));

        Assert.Equal(kind, await bed.StartTaskAsync(task));

        var after = await bed.StateAsync();
        Assert.Equal(
            before with { HeldUntil = null },
            after with { HeldUntil = null, Organizations = before.Organizations, Messages = before.Messages });
        Assert.Empty(after.Messages);
    }

    private static async Task MustHaveFailedAsync(TaskBed bed, RelocationTaskName latest, int attempts, string reason)
    {
        var state = await bed.StateAsync();
        Assert.Equal((RelocationStatus.Failure, reason), (state.Status, state.FailureReason));
        Assert.Equal((latest, attempts), (state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal((RelocationMessageKind.Failed, RelocationMessageKind.Failed), (state.LatestNotified, Assert.Single(state.Messages).Kind));
    }

    /// <summary>Is aborted while it runs, and then wants to write what it has found.</summary>
    private sealed class AbortingStep(RelocationTaskName name, TaskBed bed) : TaskStep
    {
        internal override RelocationTaskName Name => name;

        internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            await using var other = await bed.Database.OpenConnectionAsync(cancellationToken);
            await bed.Relocations.AbortAsync(other, TaskBed.Uuid, cancellationToken);
            return TaskOutcome.Next((_, row, _) => Task.FromResult(row with { WantUsernames = ["written"] }));
        }
    }
}

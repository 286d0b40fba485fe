using Relocation.Testing.Sentry.Tasks.Running;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>One runner has a relocation at a time, and a run that was killed is gone on with.</summary>
public abstract class TaskLeaseSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("addendum", "C-7")]
    public async Task Second_runner_is_refused_while_the_first_one_runs()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        string? message = null;
        bed.Own[RelocationTaskName.Importing] = new AskingStep(RelocationTaskName.Importing, async () =>
        {
            await using var other = await bed.Database.OpenConnectionAsync(Cancel);
            message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.LeaseHeld, () => bed.Relocations.RunAsync(other, TaskBed.Uuid, Cancel));
            Assert.NotNull((await bed.Relocations.FindAsync(other, TaskBed.Uuid, Cancel)).HeldUntil);
        });

        var state = await bed.RunAsync();

        Assert.Equal((RelocationStatus.Success, null), (state.Status, state.HeldUntil));
        Assert.Contains($"process {Environment.ProcessId} on ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("addendum", "C-7")]
    public async Task Lease_that_has_expired_is_taken_over_and_the_first_runner_writes_nothing_more(bool isExpired)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        bed.Own[RelocationTaskName.PreprocessingScan] = new AskingStep(RelocationTaskName.PreprocessingScan, async () =>
        {
            bed.Clock.GoOn(bed.Options.LeaseTime - (isExpired ? TimeSpan.Zero : TimeSpan.FromSeconds(1)));
            await using var other = await bed.Database.OpenConnectionAsync(Cancel);
            bed.Own.Remove(RelocationTaskName.PreprocessingScan);
            Task Second() => bed.Relocations.RunAsync(other, TaskBed.Uuid, Cancel);
            await (isExpired ? Second() : TaskBed.RefusedAsync(RelocationTaskErrorKind.LeaseHeld, Second));
        });

        if (isExpired)
        {
            var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.LeaseHeld, () => bed.RunAsync());
            Assert.Contains("taken", message, StringComparison.Ordinal);
        }
        else
        {
            await bed.RunAsync();
        }

        var state = await bed.StateAsync();
        Assert.Equal((RelocationStatus.Success, null), (state.Status, state.HeldUntil));
        Assert.Equal(isExpired ? null : ["written"], state.Usernames);
    }

    [Fact]
    [Parity("addendum", "C-7")]
    public async Task Runner_whose_lease_another_one_has_writes_nothing_more()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        bed.Own[RelocationTaskName.PreprocessingScan] = new AskingStep(RelocationTaskName.PreprocessingScan, async () =>
        {
            bed.Clock.GoOn(bed.Options.LeaseTime);
            await using var other = await bed.Database.OpenConnectionAsync(Cancel);
            await new TaskRunner(bed.Database.Engine, other, bed.Options, bed.Steps, TaskBed.Uuid).TakeAsync(Cancel);
        });

        var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.LeaseHeld, () => bed.RunAsync());

        Assert.Contains("taken", message, StringComparison.Ordinal);
        var state = await bed.StateAsync();
        Assert.Equal((RelocationStatus.InProgress, RelocationTaskName.PreprocessingScan, 1), (state.Status, state.LatestTask, state.LatestTaskAttempts));
        Assert.Null(state.Usernames);
        Assert.False((await bed.RowAsync()).IsLatestTaskDone);
        Assert.NotNull(state.HeldUntil);
    }

    [Theory]
    [InlineData("this", 999_999_999, true)]
    [InlineData("this", 0, false)]
    [InlineData("another", 999_999_999, false)]
    [Parity("addendum", "C-7")]
    public async Task Runner_whose_process_has_ended_on_this_machine_is_not_waited_for(string machine, int process, bool isFree)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        var own = LeaseOwner.Make();
        var owner = own with { Machine = machine == "this" ? own.Machine : machine, Process = process == 0 ? own.Process : process };
        await bed.Sql.ExecuteAsync(
            "UPDATE sentry_relocation SET lease_owner = @p0, lease_expires_at = @p1", [owner.ToString(), bed.Clock.GetUtcNow().AddMinutes(1)], Cancel);

        if (isFree)
        {
            Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);
        }
        else
        {
            await TaskBed.RefusedAsync(RelocationTaskErrorKind.LeaseHeld, () => bed.RunAsync());
        }
    }

    [Theory]
    [InlineData(3, RelocationStatus.Success)]
    [InlineData(4, RelocationStatus.Failure)]
    [Parity("addendum", "C-4")]
    [Parity("addendum", "T-12")]
    [Parity("annex C", "Exhaustion by kill")]
    public async Task Runs_that_are_killed_use_attempts_up_and_the_reason_is_the_category_of_the_task(int kills, RelocationStatus status)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, RelocationStep.Validating, Cancel);
        await bed.RunAsync();
        await bed.Relocations.UnpauseAsync(bed.Connection, TaskBed.Uuid, null, Cancel);
        for (var kill = 0; kill < kills; kill++)
        {
            // A killed run has started the task and ended nothing.
            Assert.Equal(StartKind.Started, await bed.StartTaskAsync(RelocationTaskName.ValidatingStart));
        }

        await bed.Connection.RunAsync("UPDATE sentry_relocation SET lease_owner = NULL");
        var state = await bed.RunAsync();

        Assert.Equal(status, state.Status);
        Assert.Equal(
            status == RelocationStatus.Failure ? "The file could not be validated: an error within the relocation." : null, state.FailureReason);
        Assert.Equal(status == RelocationStatus.Failure ? 4 : 1, state.LatestTaskAttempts);
    }

    [Fact]
    [Parity("annex C", "Exhaustion by kill")]
    public async Task Run_that_is_killed_between_two_tasks_does_not_repeat_the_first()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        var ran = new List<RelocationTaskName>();
        bed.FailAt = (name, _) =>
        {
            ran.Add(name);
            return null;
        };
        foreach (var task in TaskDefinition.All)
        {
            var runner = bed.Runner;
            await bed.Connection.RunAsync("UPDATE sentry_relocation SET lease_owner = NULL");
            await runner.TakeAsync(Cancel);
            await runner.StepAsync(task, Cancel);
            Assert.True((await bed.RowAsync()).IsLatestTaskDone);
        }

        await bed.Connection.RunAsync("UPDATE sentry_relocation SET lease_owner = NULL");
        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);
        Assert.Equal(TaskDefinition.All.Select(task => task.Name), ran);
    }

    [Fact]
    [Parity("addendum", "C-7")]
    public async Task Relocation_that_another_runner_has_is_not_marked_by_one_that_would_resume_it()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        bed.Own[RelocationTaskName.PreprocessingScan] = new AskingStep(RelocationTaskName.PreprocessingScan, async () =>
        {
            await using var other = await bed.Database.OpenConnectionAsync(Cancel);
            await TaskBed.RefusedAsync(
                RelocationTaskErrorKind.LeaseHeld, () => bed.Relocations.ResumeAsync(other, TaskBed.Uuid, RelocationStep.Notifying, Cancel));
        });

        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);
    }

    [Fact]
    [Parity("addendum", "C-7")]
    public async Task Cancelled_runner_does_not_take_back_the_attempt_of_the_one_that_has_taken_over()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        bed.Own[RelocationTaskName.PreprocessingScan] = new AskingStep(RelocationTaskName.PreprocessingScan, async () =>
        {
            bed.Clock.GoOn(bed.Options.LeaseTime);
            await using var other = await bed.Database.OpenConnectionAsync(Cancel);
            var second = new TaskRunner(bed.Database.Engine, other, bed.Options, bed.Steps, TaskBed.Uuid);
            await second.TakeAsync(Cancel);
            await second.StartAsync(TaskDefinition.Of(RelocationTaskName.PreprocessingScan), Cancel);
            await cancelled.CancelAsync();
            throw new OperationCanceledException(cancelled.Token);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bed.Relocations.RunAsync(bed.Connection, TaskBed.Uuid, cancelled.Token));

        Assert.Equal((RelocationTaskName.PreprocessingScan, 2), ((await bed.StateAsync()).LatestTask, (await bed.StateAsync()).LatestTaskAttempts));
    }

    [Fact]
    [Parity("addendum", "C-7")]
    public async Task Of_several_runners_at_once_each_task_is_run_by_one()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        var ran = new System.Collections.Concurrent.ConcurrentBag<RelocationTaskName>();
        bed.FailAt = (name, _) =>
        {
            ran.Add(name);
            return null;
        };

        var runners = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var connection = await bed.Database.OpenConnectionAsync(Cancel);
            try
            {
                return (await bed.Relocations.RunAsync(connection, TaskBed.Uuid, Cancel)).Status == RelocationStatus.Success;
            }
            catch (RelocationTaskException refused) when (refused.Kind == RelocationTaskErrorKind.LeaseHeld)
            {
                return false;
            }
        })));

        Assert.Contains(true, runners);
        Assert.Equal(TaskDefinition.All.Select(task => task.Name), ran.Order());
    }

    [Fact]
    [Parity("addendum", "T-31")]
    public async Task Of_several_relocations_for_one_owner_that_are_started_at_once_one_is()
    {
        await using var bed = await TaskBed.CreateAsync(engine);

        var kinds = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => Task.Run<RelocationTaskErrorKind?>(async () =>
        {
            await using var connection = await bed.Database.OpenConnectionAsync(Cancel);
            try
            {
                await bed.Relocations.StartAsync(
                    connection, new RelocationRequest { File = new MemoryStream([1]), Owner = TaskBed.Owner, Organizations = ["acme"] }, Cancel);
                return null;
            }
            catch (RelocationTaskException refused)
            {
                return refused.Kind;
            }
        })));

        Assert.Equal([null, RelocationTaskErrorKind.OwnerBusy, RelocationTaskErrorKind.OwnerBusy, RelocationTaskErrorKind.OwnerBusy], kinds.Order());
        Assert.Single(await bed.Relocations.ListAsync(bed.Connection, Cancel));
        Assert.Single(bed.Storage.Files);
    }

    [Fact]
    public async Task Key_is_demanded_before_anything_runs()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        var options = new RelocationTaskOptions { Storage = bed.Storage };

        await bed.SetAsync(row => row with { Status = RelocationStatus.Pause });
        var keyless = new RelocationTask(bed.Database.Engine, options);

        await TaskBed.RefusedAsync(RelocationTaskErrorKind.KeyMissing, () => keyless.RunAsync(bed.Connection, TaskBed.Uuid, Cancel));
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.KeyMissing, () => keyless.ResumeAsync(bed.Connection, TaskBed.Uuid, null, Cancel));

        Assert.Equal((RelocationTaskName.None, RelocationStatus.Pause), ((await bed.StateAsync()).LatestTask, (await bed.StateAsync()).Status));
    }

    [Fact]
    public async Task Tables_are_created_where_they_are_missing()
    {
        await using var database = await engine.SentryImportAsync();
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var task = new RelocationTask(database.Engine, new RelocationTaskOptions { Storage = new MemoryStorage() });

        await task.CreateTablesAsync(connection, Cancel);
        await task.CreateTablesAsync(connection, Cancel);

        Assert.Empty(await task.ListAsync(connection, Cancel));
    }

    [Fact]
    public async Task Database_of_another_version_is_refused_before_anything_is_done()
    {
        await using var database = await engine.SentryImportAsync("23.9.1");
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var storage = new MemoryStorage();
        var task = new RelocationTask(database.Engine, new RelocationTaskOptions { Storage = storage, AllowPlainJson = true });
        var before = await engine.FingerprintAsync(database);

        var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.OtherTables, () => task.CreateTablesAsync(connection, Cancel));
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.OtherTables, () => task.StartAsync(connection, TaskBed.Request(), Cancel));
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.OtherTables, () => task.RunAsync(connection, TaskBed.Uuid, Cancel));
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.OtherTables, () => task.ResumeAsync(connection, TaskBed.Uuid, null, Cancel));

        Assert.Contains("sentry@head", message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
        Assert.Empty(storage.Files);
        await new RelocationTask(database.Engine, new RelocationTaskOptions { Storage = storage, Version = "23.9.1" }).CreateTablesAsync(connection, Cancel);
    }

    /// <summary>Does what a test asks for, and then writes a name.</summary>
    private sealed class AskingStep(RelocationTaskName name, Func<Task> ask) : TaskStep
    {
        internal override RelocationTaskName Name => name;

        internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            await ask();
            return TaskOutcome.Next((_, row, _) => Task.FromResult(name == RelocationTaskName.Importing ? row : row with { WantUsernames = ["written"] }));
        }
    }
}

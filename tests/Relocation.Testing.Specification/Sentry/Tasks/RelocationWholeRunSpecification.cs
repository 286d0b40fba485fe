using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>Whole runs with nothing in them that only pretends: paused and cancelled at each step, by the rows that they leave.</summary>
public abstract class RelocationWholeRunSpecification(DatabaseUnderTest engine)
{
    public static TheoryData<RelocationStep> Marked => TaskOrderSpecification.Marked;

    public static TheoryData<RelocationTaskName> Tasks => TaskTransitionSpecification.Tasks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Marked))]
    [Parity("annex C", "Pause at each step in a whole run")]
    [Parity("addendum", "T-18")]
    [Parity("addendum", "C-2")]
    public async Task Run_that_was_paused_leaves_the_rows_of_one_that_was_not(RelocationStep at)
    {
        var expected = await FingerprintAsync(null);

        Assert.Equal(expected, await FingerprintAsync(at));
    }

    [Theory]
    [MemberData(nameof(Marked))]
    [Parity("annex C", "Cancel at each step in a whole run")]
    [Parity("addendum", "T-42")]
    public async Task Run_that_is_cancelled_leaves_hidden_organizations_once_it_has_imported_and_else_none(RelocationStep at)
    {
        await using var trial = await StartedAsync();
        await OrderAsync(trial, (task, connection) => task.CancelAsync(connection, RelocationTrial.Uuid, at, Cancel));

        var state = await trial.RunAsync();

        Assert.Equal((RelocationStatus.Failure, at, TaskDefinition.FirstOf(at)), (state.Status, state.Step, state.LatestTask));
        Assert.Equal("The relocation was cancelled by an administrator.", state.FailureReason);
        Assert.DoesNotContain(state.Messages, message => message.Kind is RelocationMessageKind.Failed or RelocationMessageKind.Succeeded or RelocationMessageKind.Claim);
        Assert.Equal(at > RelocationStep.Importing ? "3" : string.Empty, await trial.TextAsync("SELECT status FROM sentry_organization"));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    [Parity("10.3", "Retry or fail")]
    [Parity("addendum", "C-2")]
    public async Task Run_whose_tasks_have_failed_once_leaves_the_rows_of_one_whose_have_not(RelocationTaskName task)
    {
        await using var trial = await StartedAsync();
        var state = await trial.RunAsync(trial.Options(failAt: (name, attempt) => name == task && attempt == 1 ? new InvalidOperationException("once") : null));
        Assert.Equal(RelocationStatus.Success, state.Status);

        // The attempts of the last task are the only trace.
        await trial.Database.RunAsync("UPDATE sentry_relocation SET latest_task_attempts = 1");
        Assert.Equal(await FingerprintAsync(null), await engine.FingerprintAsync(trial.Database));
    }

    /// <summary>All rows after a run, paused before a step or not at all.</summary>
    private async Task<string> FingerprintAsync(RelocationStep? at)
    {
        await using var trial = await StartedAsync();
        if (at is not null)
        {
            await OrderAsync(trial, (task, connection) => task.PauseAsync(connection, RelocationTrial.Uuid, at, Cancel));
            var paused = await trial.RunAsync();
            Assert.Equal((RelocationStatus.Pause, at), (paused.Status, paused.Step));
            await OrderAsync(trial, (task, connection) => task.ResumeAsync(connection, RelocationTrial.Uuid, null, Cancel));
        }

        var state = await trial.RunAsync();
        Assert.True(state.Status == RelocationStatus.Success, $"{state.Status} at {state.LatestTask}: {state.FailureReason}");
        return await engine.FingerprintAsync(trial.Database);
    }

    private async Task<RelocationTrial> StartedAsync()
    {
        var trial = await RelocationTrial.CreateAsync(engine);
        await trial.StartAsync(Backup.FromFile(Repository.Fixture("sentry", "organization.json")), ["pine-sons"]);
        return trial;
    }

    private static async Task OrderAsync(RelocationTrial trial, Func<RelocationTask, System.Data.Common.DbConnection, Task> order)
    {
        await using var connection = await trial.Database.OpenConnectionAsync(Cancel);
        await order(new RelocationTask(trial.Engine, trial.Options()), connection);
    }
}

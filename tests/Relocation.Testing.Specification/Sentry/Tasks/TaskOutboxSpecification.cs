using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>Messages are written with what they tell of, once, and sent afterwards.</summary>
public abstract class TaskOutboxSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("addendum", "T-37")]
    public async Task Task_that_is_repeated_after_its_commit_writes_no_second_message()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.Own[RelocationTaskName.PreprocessingScan] = new ScanStep();
        await bed.StartAsync();
        await bed.RunAsync();

        await bed.SetAsync(row => row with
        {
            Status = RelocationStatus.InProgress, Step = RelocationStep.Preprocessing, LatestTask = RelocationTaskName.PreprocessingScan, LatestTaskAttempts = 1,
            IsLatestTaskDone = false,
        });
        var state = await bed.RunAsync();

        Assert.NotNull(Assert.Single(state.Messages).SentAt);
        Assert.Single(bed.Sent);
    }

    [Fact]
    [Parity("addendum", "T-37")]
    public async Task Message_of_a_transaction_that_is_rolled_back_is_none()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.Own[RelocationTaskName.NotifyingOwner] = new FakeStep(RelocationTaskName.NotifyingOwner, context => TaskOutcome.Next(async (sql, row, cancellation) =>
        {
            var told = await MessageRows.TellOwnerAsync(sql, row, RelocationMessageKind.Succeeded, "{}", context.Now, cancellation);
            return context.Attempt == 1 ? throw new InvalidOperationException("before the commit") : told;
        }));
        await bed.StartAsync();

        var state = await bed.RunAsync();

        Assert.Equal((RelocationStatus.Success, RelocationMessageKind.Succeeded), (state.Status, state.LatestNotified));
        Assert.Single(state.Messages);
        Assert.Single(bed.Sent);
    }

    [Fact]
    [Parity("addendum", "T-37")]
    public async Task Message_that_cannot_be_sent_fails_nothing_and_is_sent_by_a_later_run()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.Own[RelocationTaskName.PreprocessingScan] = new ScanStep();
        await bed.StartAsync();
        var options = bed.Options;
        var silent = new RelocationTaskOptions
        {
            Storage = options.Storage, Clock = options.Clock, AllowPlainJson = true, Send = (_, _) => throw new IOException("no server"),
        };

        var state = await new RelocationTask(bed.Database.Engine, silent, bed.Steps).RunAsync(bed.Connection, TaskBed.Uuid, Cancel);

        Assert.Equal(RelocationStatus.Success, state.Status);
        Assert.Null(Assert.Single(state.Messages).SentAt);
        Assert.NotNull(Assert.Single((await bed.RunAsync()).Messages).SentAt);
        Assert.Single(bed.Sent);
    }

    [Fact]
    [Parity("addendum", "T-36")]
    public async Task Failure_tells_owner_and_creator_once_each()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.FailAt = (name, _) => name == RelocationTaskName.Postprocessing ? new InvalidOperationException("always") : null;
        await bed.StartAsync(new RelocationRequest
        {
            File = TaskBed.Request().File, Owner = TaskBed.Owner, Creator = TaskBed.Admin, IsElevated = true, Organizations = ["acme"], Uuid = TaskBed.Uuid,
        });

        var state = await bed.RunAsync();
        await bed.RunAsync();

        var row = await bed.RowAsync();
        Assert.Equal([row.OwnerId, row.CreatorId], state.Messages.Select(message => message.UserId));
        Assert.All(bed.Sent, message => Assert.Equal(RelocationMessageKind.Failed, message.Kind));
        Assert.Equal(2, bed.Sent.Count);
    }
}

using Relocation.Testing.Specification.Sentry.Importing;
using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

/// <summary>What SQLite cannot do: it has one writer at a time, so that whoever aborts waits for the import's end.</summary>
public sealed class PostgreSqlRelocationTests(PostgreSqlFixture fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Relocation_that_is_aborted_while_it_imports_fails_at_once_and_is_not_imported(bool isResumable)
    {
        await using var trial = await RelocationTrial.CreateAsync(fixture.UnderTest);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        RelocationState? aborted = null;
        var progress = new RelocationListener(said =>
        {
            if (aborted is null && said is { Task: RelocationTaskName.Importing, Detail: not null })
            {
                aborted = AbortAsync().GetAwaiter().GetResult();
            }
        });

        var state = await trial.RunAsync(trial.Options(isResumable, progress: progress));

        Assert.Equal((RelocationStatus.Failure, "The relocation was aborted by an administrator."), (aborted!.Status, aborted.FailureReason));
        Assert.Equal((aborted.Status, aborted.FailureReason), (state.Status, state.FailureReason));
        Assert.Equal((RelocationTaskName.Importing, 1), (state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal("0", await trial.TextAsync("SELECT count(*) FROM sentry_organization"));

        async Task<RelocationState> AbortAsync()
        {
            await using var connection = await trial.Database.OpenConnectionAsync(RelocationTrial.Cancel);
            return await new RelocationTask(trial.Engine, trial.Options(isResumable)).AbortAsync(connection, RelocationTrial.Uuid, RelocationTrial.Cancel);
        }
    }

    [Fact]
    public async Task Validation_may_be_tried_in_a_database_of_the_other_engine()
    {
        await using var trial = await RelocationTrial.CreateAsync(fixture.UnderTest, target: new SentryRecords().User(1, "ada").Email(1, "ada@example.com"));
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);

        var state = await trial.RunAsync(trial.Options(scratch: _ => SqliteTarget.InMemory()));

        Assert.True(state.Status == RelocationStatus.Success, $"{state.FailureReason} {trial.Log}");
    }
}

using Relocation.Testing.Specification.Databases;
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

    [Fact]
    public async Task Role_that_may_create_no_database_fails_the_validation_and_the_log_says_what_to_do()
    {
        await using var trial = await RelocationTrial.CreateAsync(fixture.UnderTest);
        await trial.StartAsync(RelocationTrial.Organizations().Backup, RelocationTrial.Wanted);
        var role = $"limited_{Guid.NewGuid():N}";
        await trial.Database.RunAsync($"CREATE ROLE {role} LOGIN NOCREATEDB PASSWORD 'x'");
        try
        {
            await using var connection = await trial.Database.OpenConnectionAsync(RelocationTrial.Cancel);
            var limited = new Npgsql.NpgsqlConnectionStringBuilder(((Npgsql.NpgsqlConnection)connection).ConnectionString) { Username = role, Password = "x" };

            var state = await trial.RunAsync(trial.Options(scratch: _ => PostgreSqlTarget.OnServer(limited.ConnectionString)));

            Assert.Equal((RelocationStatus.Failure, "No run of the validation could be completed."), (state.Status, state.FailureReason));
            Assert.Equal("2|3", await trial.TextAsync("SELECT status, attempts FROM sentry_relocationvalidation"));
            Assert.Contains("ALTER ROLE ... CREATEDB", trial.Log.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", trial.Log.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            await trial.Database.RunAsync($"DROP ROLE {role}");
        }
    }
}

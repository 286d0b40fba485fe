using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>
/// Relocations of release snapshots that are killed (SIGKILL) at the beginning of every task and at random statements, and run again, end like
/// relocations that were not killed.
/// </summary>
/// <remarks>At 100 statements of each snapshot where processes are killed everywhere, else at 8 of one. See <see cref="Extent"/>.</remarks>
/// <param name="engine">The engine.</param>
/// <param name="assembly">The test assembly, which runs relocations when it is asked to.</param>
/// <param name="watch">Tells of the engine's statements.</param>
/// <param name="isResumable">Whether imports are committed chunk by chunk; each way has a class of its own, so that both run at once.</param>
public abstract class RelocationKillSpecification(DatabaseUnderTest engine, string assembly, StatementWatch watch, bool isResumable)
{
    private const int Seed = 20_240_829;

    /// <summary>How many relocations one process holds at their points, each in a database of its own.</summary>
    private const int AtOnce = 20;

    private static readonly bool IsEverywhere = Extent.IsKillEverywhere;

    private static readonly int RandomStatements = IsEverywhere ? 100 : 8;

    public static TheoryData<string, string> Releases =>
        [.. SentryReleases.All.Where(release => IsEverywhere || release.Name == "test_at_24_5_1").Select(release => (release.Name, release.Version))];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Releases))]
    [Parity("annex C", "Killed at every step")]
    [Parity("annex C", "Killed at random statements")]
    [Parity("addendum", "C-1")]
    [Parity("addendum", "C-2")]
    [Parity("addendum", "C-5")]
    public async Task Relocation_that_is_killed_anywhere_and_run_again_ends_like_one_that_was_not(string release, string version)
    {
        var (counts, map, rows, messages) = await UninterruptedAsync(release, version);
        var tasks = Tasks().ToArray();
        var points = tasks.Select(task => (Task: task, Statement: 0)).Concat(RandomPoints(tasks, counts)).ToList();
        foreach (var some in points.Chunk(AtOnce))
        {
            var trials = new List<RelocationTrial>();
            try
            {
                foreach (var _ in some)
                {
                    trials.Add(await StartedAsync(release, version));
                }

                var killed = await KilledRelocations.KillAsync(
                    assembly, [.. some.Zip(trials, (point, trial) => Of(trial, point.Task, point.Statement))], Cancel);
                Assert.DoesNotContain(false, killed);
                foreach (var (point, trial) in some.Zip(trials))
                {
                    var state = await trial.RunAsync(trial.Options(isResumable));

                    Assert.True(state.Status == RelocationStatus.Success, $"Killed in {point}: {state.FailureReason} {trial.Log}");
                    Assert.True(map == (await trial.MapAsync()).ToSnapshot(), $"Killed in {point}, another map.");
                    Assert.Equal((point, string.Empty), (point, Difference(rows, await trial.RowsAsync())));
                    Assert.Equal((point, messages), (point, await MessagesAsync(trial)));
                }
            }
            finally
            {
                foreach (var trial in trials)
                {
                    await trial.DisposeAsync();
                }
            }
        }
    }

    [Fact]
    [Parity("annex C", "Exhausted attempts after a kill")]
    [Parity("addendum", "C-1")]
    [Parity("addendum", "C-4")]
    public async Task Relocation_that_is_killed_at_its_last_attempt_to_import_fails_with_the_reason_and_without_half_an_organization()
    {
        var (counts, _, _, _) = await UninterruptedAsync("test_at_24_5_1", "24.5.1");
        await using var trial = await StartedAsync("test_at_24_5_1", "24.5.1");
        var rows = await trial.RowsAsync();
        await trial.RunToAsync(RelocationTaskName.Importing, isResumable);
        await trial.Database.RunAsync("UPDATE sentry_relocation SET latest_task_attempts = 4");

        var killed = await KilledRelocations.KillAsync(assembly, [Of(trial, RelocationTaskName.Importing, counts[RelocationTaskName.Importing] * 3 / 4)], Cancel);

        Assert.Equal([true], killed);
        Assert.Equal(isResumable ? "2" : "0", await trial.TextAsync("SELECT count(*) FROM sentry_organization"));
        var state = await trial.RunAsync(trial.Options(isResumable));
        Assert.Equal(
            (RelocationStatus.Failure, "The file could not be imported: an error within the relocation."), (state.Status, state.FailureReason));
        Assert.Equal(string.Empty, Difference(rows, await trial.RowsAsync()));
        Assert.Equal([RelocationMessageKind.Started, RelocationMessageKind.Failed], state.Messages.Select(message => message.Kind));
    }

    /// <summary>Statements of tasks that are drawn first, since most statements are those of a few tasks.</summary>
    private static List<(RelocationTaskName Task, int Statement)> RandomPoints(
        RelocationTaskName[] tasks, IReadOnlyDictionary<RelocationTaskName, int> counts)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, RandomStatements).Select(_ => random.GetItems(tasks, 1)[0]).Select(task => (task, random.Next(counts[task]) + 1))];
    }

    private static Task<string> MessagesAsync(RelocationTrial trial) =>
        trial.TextAsync("SELECT kind, user_id, content FROM sentry_relocationmessage ORDER BY kind, user_id");

    private static string Difference(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> found) => string.Join(
        '\n', expected.Where(table => found[table.Key] != table.Value).Select(table => $"{table.Key}:\n{table.Value}\n{found[table.Key]}"));

    /// <summary>The tasks to be killed in. What is not imported is the same either way, and mostly tried in one.</summary>
    private IEnumerable<RelocationTaskName> Tasks() => Enum.GetValues<RelocationTaskName>()
        .Where(task => task == RelocationTaskName.Importing || (task != RelocationTaskName.None && (IsEverywhere || !isResumable)));

    private async Task<RelocationTrial> StartedAsync(string release, string version)
    {
        var trial = await RelocationTrial.CreateAsync(engine, version);
        var slugs = SentryImports.Records(SentryReleases.PathOf(release)).OfType<JsonObject>()
            .Where(record => (string?)record["model"] == "sentry.organization").Select(record => (string)record["fields"]!["slug"]!);
        await trial.StartAsync(SentryReleases.Open(release), [.. slugs]);
        return trial;
    }

    private async Task<(IReadOnlyDictionary<RelocationTaskName, int> Counts, string Map, IReadOnlyDictionary<string, string> Rows, string Messages)>
        UninterruptedAsync(string release, string version)
    {
        await using var trial = await StartedAsync(release, version);
        var counts = await Of(trial, RelocationTaskName.None, 0).RunAsync(trial.Engine, watch, () => { });
        Assert.Equal("2", await trial.TextAsync("SELECT status FROM sentry_relocation"));
        return (counts, (await trial.MapAsync()).ToSnapshot(), await trial.RowsAsync(), await MessagesAsync(trial));
    }

    private KilledRelocation Of(RelocationTrial trial, RelocationTaskName task, int statement) => new(
        trial.Database.ConnectionString, trial.Folder, trial.Version, RelocationTrial.PublicKey, RelocationTrial.PrivateKey, isResumable, task, statement);
}

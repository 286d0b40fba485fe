using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>What the preparing tasks leave in the storage for the validation.</summary>
public abstract class TaskPreparationSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Folder => $"runs/{TaskBed.Uuid}/";

    [Fact]
    [Parity("10.2", "PREPROCESSING_TRANSFER")]
    [Parity("10.2", "PREPROCESSING_BASELINE_CONFIG")]
    [Parity("10.2", "PREPROCESSING_COLLIDING_USERS")]
    [Parity("10.2", "PREPROCESSING_COMPLETE")]
    [Parity("addendum", "T-16")]
    [Parity("addendum", "T-25")]
    [Parity("addendum", "T-46")]
    public async Task Everything_that_the_validation_needs_is_in_the_storage()
    {
        await using var bed = await PreparingAsync(TaskBed.Admin, "ada@example.com", TaskBed.Owner);
        await bed.Connection.RunAsync("UPDATE auth_user SET is_staff = '1' WHERE username = 'admin@example.com'");

        var state = await bed.RunAsync();

        Assert.Equal(RelocationStatus.Success, state.Status);
        Assert.Equal(
            [$"{Folder}in/baseline-config.json", $"{Folder}in/colliding-users.json", $"{Folder}in/filter-usernames.txt", $"{Folder}in/raw-relocation-data.tar"],
            bed.Storage.Files.Keys.Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal($"{TaskBed.Owner},{TaskBed.Admin}", bed.Storage.Text($"{Folder}in/filter-usernames.txt"));
        Assert.Equal(TaskBed.File().ToJsonString(), bed.Storage.Text($"{Folder}in/raw-relocation-data.tar"));
        Assert.Equal([TaskBed.Admin, TaskBed.Owner], Usernames(bed.Storage.Text($"{Folder}in/colliding-users.json")));
        Assert.Equal([TaskBed.Admin], Usernames(bed.Storage.Text($"{Folder}in/baseline-config.json")));
        Assert.Equal(RelocationValidationStatus.InProgress, state.Validation);
    }

    [Fact]
    [Parity("addendum", "T-24")]
    [Parity("addendum", "T-25")]
    public async Task When_nobody_collides_the_list_is_empty_and_nobody_is_exported()
    {
        await using var bed = await PreparingAsync("ada@example.com", "OWNER@example.com");

        await bed.RunAsync();

        Assert.Equal(string.Empty, bed.Storage.Text($"{Folder}in/filter-usernames.txt"));
        Assert.Empty(Usernames(bed.Storage.Text($"{Folder}in/colliding-users.json")));
    }

    [Fact]
    [Parity("addendum", "T-46")]
    public async Task Exports_are_encrypted_where_there_is_a_key_for_it()
    {
        await using var bed = await PreparingAsync(TaskBed.Owner);
        bed.IsEncrypting = true;

        await bed.RunAsync();

        Assert.Equal(
            [$"{Folder}in/baseline-config.tar", $"{Folder}in/colliding-users.tar"],
            bed.Storage.Files.Keys.Where(name => name.Contains("config", StringComparison.Ordinal) || name.Contains("colliding", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(TaskBed.Owner, bed.Storage.Text($"{Folder}in/colliding-users.tar"), StringComparison.Ordinal);
        var backup = Backup.FromUtf8(bed.Storage.Files[$"{Folder}in/colliding-users.tar"]).DecryptedWith(bed.Options.Decryptor!);
        using var plain = new MemoryStream();
        await backup.CopyToAsync(BackupDestination.ToStream(plain), Cancel);
        Assert.Equal([TaskBed.Owner], Usernames(System.Text.Encoding.UTF8.GetString(plain.ToArray())));
    }

    [Theory]
    [InlineData("filter-usernames.txt")]
    [InlineData("baseline-config.json")]
    [InlineData("colliding-users.json")]
    [InlineData("raw-relocation-data.tar")]
    [Parity("addendum", "T-16")]
    public async Task Missing_file_is_looked_for_four_times(string name)
    {
        await using var bed = await PreparingAsync(TaskBed.Owner);
        bed.FailAt = (task, _) =>
        {
            if (task == RelocationTaskName.PreprocessingComplete)
            {
                Assert.True(bed.Storage.Files.TryRemove($"{Folder}in/{name}", out var _) || bed.Storage.Files.Count == 4);
            }

            return null;
        };

        var state = await bed.RunAsync();

        Assert.Equal(
            (RelocationStatus.Failure, RelocationTaskName.PreprocessingComplete, 4, "The file could not be prepared: an error within the relocation."),
            (state.Status, state.LatestTask, state.LatestTaskAttempts, state.FailureReason));
        Assert.Null(state.Validation);
    }

    [Fact]
    [Parity("addendum", "T-7")]
    public async Task Repeated_task_makes_no_second_validation()
    {
        await using var bed = await PreparingAsync(TaskBed.Owner);
        await bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, RelocationStep.Validating, Cancel);
        await bed.RunAsync();

        // As a process leaves it that is killed after the task's commit, before the next task starts.
        await bed.SetAsync(row => row with
        {
            Status = RelocationStatus.InProgress, Step = RelocationStep.Preprocessing, LatestTask = RelocationTaskName.PreprocessingComplete, LatestTaskAttempts = 1,
        });
        var state = await bed.RunAsync();

        Assert.Equal(RelocationStatus.Success, state.Status);
        Assert.Equal("1", await bed.Database.TextAsync("SELECT count(*) FROM sentry_relocationvalidation"));
    }

    [Fact]
    [Parity("addendum", "T-17")]
    public async Task Repeated_task_writes_its_files_over()
    {
        await using var bed = await PreparingAsync(TaskBed.Owner);
        await bed.RunAsync();
        var whole = bed.Storage.Files.ToDictionary();
        foreach (var name in whole.Keys.Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            bed.Storage.Files[name] = [0];
        }

        await bed.SetAsync(row => row with
        {
            Status = RelocationStatus.InProgress, Step = RelocationStep.Preprocessing, LatestTask = RelocationTaskName.PreprocessingTransfer, LatestTaskAttempts = 1,
            IsLatestTaskDone = false,
        });
        await bed.RunAsync();

        Assert.Equal(whole.Keys.Order(StringComparer.Ordinal), bed.Storage.Files.Keys.Order(StringComparer.Ordinal));
        Assert.All(whole, file => Assert.Equal(file.Value, bed.Storage.Files[file.Key]));
    }

    private static IEnumerable<string> Usernames(string json) => JsonNode.Parse(json)!.AsArray()
        .Where(record => record!["model"]!.GetValue<string>() == "sentry.user")
        .Select(record => record!["fields"]!["username"]!.GetValue<string>()).Order(StringComparer.Ordinal);

    /// <summary>A relocation whose scan has found some names, and the tasks that follow it.</summary>
    private async Task<TaskBed> PreparingAsync(params string[] usernames)
    {
        var bed = await TaskBed.CreateAsync(engine);
        bed.Own[RelocationTaskName.PreprocessingScan] = new FakeStep(
            RelocationTaskName.PreprocessingScan, _ => TaskOutcome.Next((_, row, _) => Task.FromResult(row with { WantUsernames = usernames })));
        bed.Own[RelocationTaskName.PreprocessingTransfer] = new TransferStep();
        bed.Own[RelocationTaskName.PreprocessingBaselineConfig] = new BaselineConfigStep();
        bed.Own[RelocationTaskName.PreprocessingCollidingUsers] = new CollidingUsersStep();
        bed.Own[RelocationTaskName.PreprocessingComplete] = new PreprocessingCompleteStep();
        await bed.StartAsync();
        return bed;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Relocation.Testing.Cli.Tests;

public sealed class TaskTests : IDisposable
{
    private const string Uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    private const string Database = "sentry_test.db";

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Relocation_is_started_paused_resumed_and_says_what_it_is_at()
    {
        await PrepareAsync();
        var started = (await TaskAsync("start", "backup.tar", "--owner", "boss", "--org-slugs", "pine-sons", "--uuid", Uuid)).With(0);
        Assert.Equal($"Relocation {Uuid} of pine-sons to boss: in progress, at step uploading.\n", started.Output);

        var marked = (await TaskAsync("pause", Uuid, "--at", "importing", "--json")).With(0).Json().GetProperty("relocation");
        Assert.Equal("importing", marked.GetProperty("pauseAt").GetString());

        var paused = (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem", "--json")).With(0).Json();
        Assert.Equal("pause", paused.GetProperty("status").GetString());
        Assert.Equal(("importing", "valid"), (Text(paused, "latestTask"), Text(paused, "validation")));
        Assert.Equal(0L, _workplace.Scalar(Database, "SELECT count(*) FROM sentry_organization"));

        var again = (await TaskAsync("resume", Uuid, "--decrypt-with", "private.pem", "--pause-at", "notifying")).With(0);
        Assert.Contains("pause, at step notifying.", again.Output, StringComparison.Ordinal);
        var resumed = (await TaskAsync("resume", Uuid, "--decrypt-with", "private.pem", "--json")).With(0).Json();
        Assert.Equal("success", resumed.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Relocation_ends_with_its_organizations_and_messages()
    {
        await PrepareAsync();
        (await TaskAsync("start", "backup.tar", "--owner", "boss", "--org-slugs", "pine-sons", "--uuid", Uuid)).With(0);

        var outcome = (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem", "--encrypt-with", "public.pem")).With(0);
        var listed = (await TaskAsync("status")).With(0);
        var state = (await TaskAsync("status", Uuid, "--json")).With(0).Json();

        Assert.Contains("success, at step completed.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("2 messages 'claim', 0 sent.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"| {Uuid} | success | completed | boss  | pine-sons     |", listed.Output, StringComparison.Ordinal);
        Assert.Equal(4, state.GetProperty("relocation").GetProperty("messages").GetArrayLength());
        Assert.Equal(2, state.GetProperty("relocation").GetProperty("users").GetInt32());
        Assert.DoesNotContain("hash", state.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", state.GetRawText() + outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1L, _workplace.Scalar(Database, "SELECT count(*) FROM sentry_organization WHERE status = 0"));
        Assert.Equal("success", (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem", "--json")).With(0).Json().GetProperty("status").GetString());
        Assert.Contains("It has ended.", (await TaskAsync("resume", Uuid, "--decrypt-with", "private.pem")).With(1).Error, StringComparison.Ordinal);
        Assert.Contains("belong to their owner now", (await TaskAsync("abandon", Uuid)).With(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_relocation_is_a_finding_with_its_reason_and_is_retried_as_another()
    {
        await PrepareAsync();
        (await TaskAsync("start", "backup.tar", "--owner", "boss", "--org-slugs", "pine-sons,oak", "--uuid", Uuid)).With(0);

        var failed = (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem")).With(1);
        var json = (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem", "--json")).With(1).Json();
        var resumed = (await TaskAsync("resume", Uuid, "--decrypt-with", "private.pem", "--json")).With(1).Json();
        var retried = (await TaskAsync("retry", Uuid, "--uuid", "00000000-0000-4000-8000-000000000002", "--pause-at", "validating", "--json")).With(0).Json();

        Assert.Contains("Reason: The file lacks organizations that are wanted: oak\n", failed.Output, StringComparison.Ordinal);
        Assert.Equal((1, "failure"), (json.GetProperty("exitCode").GetInt32(), json.GetProperty("status").GetString()));
        Assert.Equal("relocation", resumed.GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal(("uploading", "validating"), (Text(retried, "step"), Text(retried, "pauseAt")));
        Assert.Equal(2L, _workplace.Scalar(Database, "SELECT count(*) FROM sentry_relocation"));
    }

    [Fact]
    public async Task Cancelled_and_abandoned_relocations_fail()
    {
        await PrepareAsync();
        (await TaskAsync("start", "backup.tar", "--owner", "boss", "--org-slugs", "pine-sons", "--uuid", Uuid)).With(0);
        (await TaskAsync("cancel", Uuid, "--at", "postprocessing")).With(0);

        var cancelled = (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem")).With(1);
        Assert.Contains("Reason: The relocation was cancelled by an administrator.", cancelled.Output, StringComparison.Ordinal);
        Assert.Equal(1L, _workplace.Scalar(Database, "SELECT count(*) FROM sentry_organization WHERE status = 3"));

        (await TaskAsync("abandon", Uuid)).With(0);
        Assert.Equal(0L, _workplace.Scalar(Database, "SELECT count(*) FROM sentry_organization"));
        Assert.Empty(Directory.GetDirectories(_workplace.PathOf("relocation-storage/runs"), "*", SearchOption.AllDirectories).SelectMany(Directory.GetFiles));

        (await TaskAsync("retry", Uuid, "--uuid", "00000000-0000-4000-8000-000000000002")).With(0);
        var aborted = (await TaskAsync("abandon", "00000000-0000-4000-8000-000000000002", "--keep-import", "--json")).With(0).Json();
        Assert.Equal("The relocation was aborted by an administrator.", Text(aborted, "failureReason"));
    }

    [Fact]
    public async Task Plain_file_is_taken_where_it_is_allowed_and_standard_input_too()
    {
        await PrepareAsync();
        var backup = await File.ReadAllTextAsync(Workplace.Fixture("sentry/organization.json"), TestContext.Current.CancellationToken);
        (await _workplace.RunAsync(
            backup, ["task", "start", "-", "--database", Database, "--owner", "boss", "--org-slugs", "pine-sons", "--uuid", Uuid])).With(0);

        var refused = (await TaskAsync("run", Uuid)).With(2);
        Assert.Contains("--decrypt-with", refused.Error, StringComparison.Ordinal);
        (await TaskAsync("pause", Uuid, "--at", "importing")).With(0);
        (await TaskAsync("run", Uuid, "--allow-plain-json", "--chunk-by-chunk")).With(0);

        // The scan has taken the file, and a later run need not be told again.
        var resumed = (await TaskAsync("resume", Uuid, "--decrypt-with", "private.pem")).With(0);
        Assert.Contains("success, at step completed.", resumed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_runner_is_told_who_has_the_relocation()
    {
        await PrepareAsync();
        (await TaskAsync("start", "backup.tar", "--owner", "boss", "--org-slugs", "pine-sons", "--uuid", Uuid)).With(0);
        using var self = Process.GetCurrentProcess();
        var started = new DateTimeOffset(self.StartTime).ToUnixTimeSeconds();
        var owner = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{started}/1");
        _workplace.Scalar(Database, $"UPDATE sentry_relocation SET lease_owner = '{owner}', lease_expires_at = '2999-01-01 00:00:00+00:00' RETURNING 1");

        var refused = (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem", "--json")).With(1).Json().GetProperty("error");
        Assert.Equal("leaseHeld", refused.GetProperty("kind").GetString());
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("A runner has it until 2999-01-01 00:00:00 UTC at least.", (await TaskAsync("status", Uuid)).With(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public async Task Run_that_is_ended_is_gone_on_with_by_the_next(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await PrepareAsync();
        (await TaskAsync("start", "backup.tar", "--owner", "boss", "--org-slugs", "pine-sons", "--uuid", Uuid)).With(0);
        var (stored, hidden) = (_workplace.PathOf($"relocation-storage/files/{Uuid}/raw-relocation-data.tar"), _workplace.PathOf("hidden.tar"));
        File.Move(stored, hidden);

        // The first attempt fails, and the second one is waited for.
        using var process = _workplace.Start("task", "run", Uuid, "--decrypt-with", "private.pem", "--database", Database);
        Assert.Contains("attempt 1 of 4 of UploadingComplete failed", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        while (_workplace.Scalar(Database, "SELECT count(*) FROM sentry_relocation WHERE lease_expires_at > datetime('now', '+930 seconds')") == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            "leaseHeld", (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem", "--json")).With(1).Json().GetProperty("error").GetProperty("kind").GetString());
        using (var kill = Process.Start("kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(signal == "KILL" ? 137 : 130, process.ExitCode);
        File.Move(hidden, stored);
        Assert.Contains("success, at step completed.", (await TaskAsync("run", Uuid, "--decrypt-with", "private.pem")).With(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("start nothing.tar --owner boss --org-slugs a", 2, "There is no file 'nothing.tar'.")]
    [InlineData("start backup.tar --owner nobody --org-slugs a", 1, "There is no user 'nobody' in this database to be the owner.")]
    [InlineData("start backup.tar --owner boss --creator nobody --org-slugs a", 1, "There is no user 'nobody' in this database to be the creator.")]
    [InlineData("start backup.tar --owner boss --org-slugs a,A", 1, "'A' is no slug of an organization.")]
    [InlineData("start backup.tar --owner boss --org-slugs ,", 1, "No organization is wanted.")]
    [InlineData("start backup.tar --owner boss", 2, "--org-slugs")]
    [InlineData("start backup.tar --owner boss --org-slugs a --provenance other", 2, "other")]
    [InlineData("start backup.tar --owner boss --org-slugs a --storage ", 2, "--storage is empty. Give the path of a folder.")]
    [InlineData("start backup.tar --owner boss --org-slugs a --storage private.pem", 3, "of the storage cannot be written: ")]
    [InlineData("run 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --decrypt-with private.pem", 1, "There is no relocation 3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("run 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --decrypt-with nothing.pem", 2, "There is no file 'nothing.pem'.")]
    [InlineData("run one --decrypt-with private.pem", 2, "a UUID")]
    [InlineData("pause 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --at completed", 2, "  'preprocessing'\n  'validating'")]
    [InlineData("status 3f2504e0-4f89-41d3-9a0c-0305e82c3301", 1, "There is no relocation")]
    [InlineData("resume 3f2504e0-4f89-41d3-9a0c-0305e82c3301", 2, "--decrypt-with")]
    [InlineData("retry 3f2504e0-4f89-41d3-9a0c-0305e82c3301", 1, "There is no relocation")]
    [InlineData("cancel 3f2504e0-4f89-41d3-9a0c-0305e82c3301", 1, "There is no relocation")]
    [InlineData("abandon 3f2504e0-4f89-41d3-9a0c-0305e82c3301", 1, "There is no relocation")]
    public async Task What_cannot_be_done_is_refused_in_words_and_nothing_is_started(string arguments, int exitCode, string message)
    {
        await PrepareAsync();

        var outcome = (await TaskAsync(arguments.Split(' '))).With(exitCode);

        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workplace.PathOf("relocation-storage/files")) && Directory.GetFiles(_workplace.PathOf("relocation-storage/files"), "*", SearchOption.AllDirectories).Length > 0);
    }

    [Fact]
    public async Task Database_must_be_there_and_be_a_test_database()
    {
        await PrepareAsync();

        var missing = (await _workplace.RunAsync("task", "status", "--database", "other_test.db")).With(3);
        Assert.Contains("There is no SQLite database 'other_test.db'.", missing.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workplace.PathOf("other_test.db")));
        File.Copy(_workplace.PathOf(Database), _workplace.PathOf("production.db"));
        (await _workplace.RunAsync("task", "status", "--database", "production.db")).With(1);
        (await _workplace.RunAsync("task", "status", "--database", "production.db", "--dangerously-allow-any-database-name")).With(0);
    }

    [Fact]
    public async Task Database_of_another_version_names_the_option_for_it()
    {
        await PrepareAsync();
        (await _workplace.RunAsync("import", "users", "users.json", "--database", "old_test.db", "--silent", "--model", "sentry@23.9.1")).With(0);
        string[] arguments = ["task", "start", "backup.tar", "--owner", "boss", "--org-slugs", "pine-sons", "--database", "old_test.db"];

        var refused = (await _workplace.RunAsync(arguments)).With(1);

        Assert.Contains("(--model sentry@VERSION)", refused.Error, StringComparison.Ordinal);
        (await _workplace.RunAsync([.. arguments, "--model", "sentry@23.9.1"])).With(0);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("resume")]
    [InlineData("retry")]
    [InlineData("pause")]
    [InlineData("cancel")]
    [InlineData("abandon")]
    public async Task Help_shows_an_example_that_is_understood(string command)
    {
        var help = (await _workplace.RunAsync("task", command, "--help")).With(0).Output;

        var example = help.Split("Examples:\n")[1].Split('\n')[0].Trim();
        Assert.StartsWith($"relocation task {command}", example, StringComparison.Ordinal);
        var outcome = await _workplace.RunAsync(example.Split(' ')[1..]);
        Assert.DoesNotContain("See: relocation", outcome.Error, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement json, string member) => json.GetProperty("relocation").GetProperty(member).GetString();

    private Task<Outcome> TaskAsync(params string[] arguments) => _workplace.RunAsync(["task", .. arguments, "--database", Database]);

    /// <summary>A database with a user, keys, and an encrypted file.</summary>
    private async Task PrepareAsync()
    {
        using (var key = RSA.Create(2048))
        {
            _workplace.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
            _workplace.Write("private.pem", key.ExportPkcs8PrivateKeyPem());
        }

        var users = _workplace.Write(
            "users.json",
            """[{"model": "sentry.user", "pk": 1, "fields": {"username": "boss", "name": "", "email": "boss@example.com", "password": ""}}]""");
        (await _workplace.RunAsync("import", "users", users, "--database", Database, "--silent")).With(0);
        (await _workplace.RunAsync("encrypt", "backup.tar", "--src", Workplace.Fixture("sentry/organization.json"), "--encrypt-with", "public.pem")).With(0);
    }
}

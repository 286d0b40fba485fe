using System.Text.Json;
using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

/// <summary>Reviewing what tests received, beside the approved files and in the artifacts folder of a build server.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public SnapshotTests()
    {
        Directory.CreateDirectory(_workplace.PathOf(".git"));
        Map("tests/OrderTests.Keys.verified.txt", 1);
        Map("tests/OrderTests.Keys.received.txt", 2);
        Map("tests/OrderTests.Same.verified.txt", 1);
        Map("tests/deep/NewTests.First.received.txt", 3);
        Map("tests/deep/ServerTests.Keys.verified.txt", 1);
        Map("artifacts/snapshots/tests/deep/ServerTests.Keys.received.txt", 4);
        Put("artifacts/snapshots/tests/deep/ServerTests.Keys.diff.txt", "the difference");
        Map("tests/bin/Ignored.verified.txt", 1);
        Map("tests/bin/Ignored.received.txt", 2);
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task List_shows_what_waits_wherever_it_was_left()
    {
        var outcome = (await _workplace.RunAsync("snapshot", "list")).With(1);

        Assert.Equal(
            """
            | Snapshot                    | State   | Received                                                     |
            | --------------------------- | ------- | ------------------------------------------------------------ |
            | tests/OrderTests.Keys       | changed | tests/OrderTests.Keys.received.txt                           |
            | tests/deep/NewTests.First   | new     | tests/deep/NewTests.First.received.txt                       |
            | tests/deep/ServerTests.Keys | changed | artifacts/snapshots/tests/deep/ServerTests.Keys.received.txt |

            4 snapshots: 3 waiting for review, 0 orphaned.

            """.ReplaceLineEndings("\n"),
            outcome.Output);
        Assert.Equal(
            ["tests/OrderTests.Keys changed", "tests/OrderTests.Same approved", "tests/deep/NewTests.First new", "tests/deep/ServerTests.Keys changed"],
            States((await _workplace.RunAsync("snapshot", "list", "--all", "--json")).With(1)));
        Assert.Equal(
            ["NewTests.First new", "ServerTests.Keys changed"],
            States((await _workplace.RunAsync("snapshot", "list", "--folder", "tests/deep", "--json")).With(1)));
    }

    [Fact]
    public async Task Orphans_are_the_approved_files_that_a_run_of_all_tests_did_not_use()
    {
        // What a check does where RELOCATION_SNAPSHOT_RUN is set.
        foreach (var name in (string[])["tests/OrderTests.Keys.verified.txt", "tests/deep/ServerTests.Keys.verified.txt"])
        {
            await Testing.Snapshots.SnapshotRun.NoteAsync("artifacts/run", _workplace.PathOf(name), TestContext.Current.CancellationToken);
        }

        var states = States((await _workplace.RunAsync("snapshot", "list", "--run", "artifacts/run", "--json")).With(1));

        Assert.Contains("tests/OrderTests.Same orphaned", states);
        Assert.Equal(1, states.Count(state => state.EndsWith("orphaned", StringComparison.Ordinal)));
        Assert.Contains("RELOCATION_SNAPSHOT_RUN", (await _workplace.RunAsync("snapshot", "list", "--run", "none")).With(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_draws_the_difference_as_the_failure_does()
    {
        var text = (await _workplace.RunAsync("snapshot", "show", "OrderTests.Keys")).With(0).Output;
        var json = (await _workplace.RunAsync("snapshot", "show", "--json")).With(0).Json();

        Assert.StartsWith("tests/OrderTests.Keys: The snapshot is not what was approved.", text, StringComparison.Ordinal);
        Assert.Contains("shop.order", text[text.IndexOf("received:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains(
            "relocation pk map 1\n3 records", json.GetProperty("snapshots")[1].GetProperty("difference").GetString(), StringComparison.Ordinal);
        Assert.Contains("Nothing was received", (await _workplace.RunAsync("snapshot", "show", "OrderTests.Same")).With(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_puts_what_was_received_into_the_approved_files_place()
    {
        (await _workplace.RunAsync("snapshot", "accept", "OrderTests.Keys")).With(0);
        Assert.Equal(Text(2), Read("tests/OrderTests.Keys.verified.txt"));
        Assert.False(File.Exists(_workplace.PathOf("tests/OrderTests.Keys.received.txt")));

        Assert.Contains("Give --yes", (await _workplace.RunAsync("snapshot", "accept", "*Tests.*")).With(2).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workplace.PathOf("tests/deep/NewTests.First.verified.txt")));

        var json = (await _workplace.RunAsync("snapshot", "accept", "tests/deep/*", "--yes", "--json")).With(0).Json();
        Assert.Equal("accepted", json.GetProperty("status").GetString());
        Assert.Equal(Text(3), Read("tests/deep/NewTests.First.verified.txt"));
        Assert.Equal(Text(4), Read("tests/deep/ServerTests.Keys.verified.txt"));
        Assert.Empty(Directory.EnumerateFiles(_workplace.PathOf("artifacts"), "*", SearchOption.AllDirectories));
        Assert.Equal("0 snapshots accepted.\n", (await _workplace.RunAsync("snapshot", "accept", "--all", "--yes")).With(0).Output);
        Assert.Equal("4 snapshots: 0 waiting for review, 0 orphaned.\n", (await _workplace.RunAsync("snapshot", "list")).With(0).Output);
    }

    [Fact]
    public async Task Reject_leaves_what_was_approved()
    {
        (await _workplace.RunAsync("snapshot", "reject", "--all")).With(2);
        var outcome = (await _workplace.RunAsync("snapshot", "reject", "--all", "--yes")).With(0);

        Assert.EndsWith("3 snapshots rejected.\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(Text(1), Read("tests/OrderTests.Keys.verified.txt"));
        Assert.Equal(Text(1), Read("tests/deep/ServerTests.Keys.verified.txt"));
        Assert.Empty(Directory.EnumerateFiles(_workplace.PathOf("artifacts"), "*", SearchOption.AllDirectories));
        Assert.True(File.Exists(_workplace.PathOf("tests/bin/Ignored.received.txt")));
    }

    [Theory]
    [InlineData("There are:\n  tests/OrderTests.Keys\n", "snapshot", "accept", "OrderTests.Kyes")]
    [InlineData("or give --all", "snapshot", "accept")]
    [InlineData("not both", "snapshot", "reject", "OrderTests.Keys", "--all")]
    [InlineData("There is no folder", "snapshot", "list", "--folder", "none")]
    [InlineData("See: relocation snapshot list --help", "snapshot", "list", "--nonsense")]
    public async Task Wrong_usage_says_what_to_do(string message, params string[] arguments) =>
        Assert.Contains(message, (await _workplace.RunAsync(arguments)).With(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Files_of_a_failed_import_are_found_and_accepted()
    {
        var shop = Workplace.Fixture("shop/complete.json");
        string[] import = ["import", shop, "--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--approved", "maps/shop.verified.txt"];
        (await _workplace.RunAsync(import)).With(1);

        (await _workplace.RunAsync("snapshot", "accept", "shop")).With(0);

        (await _workplace.RunAsync(import)).With(0);
    }

    /// <summary>Whatever else lies beside the approved file that is missing, it is neither read nor written.</summary>
    [Theory]
    [Case("accept")]
    [InlineData("keys.verified.txt", "keys.txt")]
    [InlineData("keys.txt", "keys.verified.txt")]
    [InlineData("keys", "keys.verified.txt")]
    [InlineData("keys.json", "keys.txt")]
    [InlineData("keys+.verified.txt", "keys.verified.txt")]
    [InlineData("keys.txt.verified.txt", "keys.txt")]
    public async Task Received_file_knows_its_approved_one(string approved, string unrelated)
    {
        string[] import = ["import", Workplace.Fixture("shop/complete.json"), "--assembly", Workplace.ShopAssembly, "--context", "ShopContext"];
        Put($"maps/{unrelated}", "unrelated");
        var message = (await _workplace.RunAsync([.. import, "--approved", $"maps/{approved}"])).With(1).Output;
        (await _workplace.RunAsync([.. import, "--map", "maps/other"])).With(0);

        (await _workplace.RunAsync("snapshot", "accept", "maps/*", "--yes")).With(0);

        Assert.Equal("unrelated", Read($"maps/{unrelated}"));
        Assert.Equal(Read("maps/other"), Read($"maps/{approved}"));
        Assert.Equal(
            new[] { approved, "other", unrelated }.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(_workplace.PathOf("maps")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Contains("relocation snapshot accept maps/", message, StringComparison.Ordinal);
        (await _workplace.RunAsync([.. import, "--approved", $"maps/{approved}"])).With(0);
    }

    [Fact]
    [Case("missing-approved")]
    public async Task Missing_approved_file_names_the_command_that_approves_it_and_the_command_works()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command line is a shell's.");
        string[] import = ["import", Workplace.Fixture("shop/complete.json"), "--assembly", Workplace.ShopAssembly, "--context", "ShopContext"];
        Directory.CreateDirectory(_workplace.PathOf("it's a folder"));
        foreach (var approved in (string[])["it's a folder/keys.verified.txt", "tests/Keys(a,b)_x=1.verified.txt"])
        {
            var message = (await _workplace.RunAsync([.. import, "--approved", approved])).With(1).Output;
            var command = message.Split('\n').Single(line => line.StartsWith("  approve:", StringComparison.Ordinal))["  approve:".Length..].TrimStart();
            Assert.StartsWith("relocation snapshot accept ", command, StringComparison.Ordinal);

            (await _workplace.ShellAsync($"cd / && {command}")).With(0);

            (await _workplace.RunAsync([.. import, "--approved", approved])).With(0);
        }
    }

    [Fact]
    [Case("snapshot-list")]
    public async Task What_builds_and_test_runs_leave_is_no_snapshot()
    {
        foreach (var folder in (string[])["TestResults/run", "tests/TestResults", "tests/testresults/deep", "tests/Bin/Release", "tests/obj"])
        {
            Map($"{folder}/Copied.Keys.received.txt", 2);
        }

        Assert.Equal(
            ["tests/OrderTests.Keys changed", "tests/deep/NewTests.First new", "tests/deep/ServerTests.Keys changed"],
            States((await _workplace.RunAsync("snapshot", "list", "--json")).With(1)));
    }

    [Fact]
    [Case("snapshot-list")]
    public async Task Snapshots_of_tests_that_are_still_there_are_no_orphans()
    {
        Put("tests/Tests.csproj", "<Project />");
        Put("tests/OrderTests.cs", "class OrderTests { [Fact(Skip = \"later\")] Task Same() => CheckAsync(1); Task Named() => CheckAsync(1, new() { Name = \"own name\" }); Task Keys_of_old_backups(string first_name) => CheckAsync(1); }");
        Map("tests/OrderTests.Keys_of_old_backups_first_name=a_b=c.d.verified.txt", 1);
        Map("tests/OrderTests.Keys_of_new_backups_first_name=a.verified.txt", 1);
        Map("tests/OrderTests.Same_country=de-0123456789abcdef.verified.txt", 1);
        Map("tests/OrderTests.Sam.verified.txt", 1);
        Map("tests/own name.verified.txt", 1);
        Map("tests/OtherTests.Same.verified.txt", 1);
        await Testing.Snapshots.SnapshotRun.NoteAsync(
            "artifacts/run", _workplace.PathOf("tests/OrderTests.Keys.verified.txt"), TestContext.Current.CancellationToken);

        var states = States((await _workplace.RunAsync("snapshot", "list", "--run", "artifacts/run", "--json")).With(1));

        Assert.Equal(
            ["tests/OrderTests.Keys_of_new_backups_first_name=a orphaned", "tests/OrderTests.Sam orphaned", "tests/OtherTests.Same orphaned"],
            states.Where(state => state.EndsWith("orphaned", StringComparison.Ordinal)));
    }

    private static string Text(int key) =>
        $"relocation pk map 1\n3 records of 1 model\n\nshop.order: 3 records (3 inserted)\nshop.order 1 -> {key} inserted\nshop.order 2 -> {key + 10} inserted\nshop.order 3 -> {key * 100} inserted";

    private static List<string> States(Outcome outcome) =>
        [.. outcome.Json().GetProperty("snapshots").EnumerateArray().Select(Describe)];

    private static string Describe(JsonElement snapshot) => $"{snapshot.GetProperty("name").GetString()} {snapshot.GetProperty("state").GetString()}";

    private void Map(string path, int key) => Put(path, Text(key));

    private void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_workplace.PathOf(path))!);
        _workplace.Write(path, text);
    }

    private string Read(string path) => File.ReadAllText(_workplace.PathOf(path));
}

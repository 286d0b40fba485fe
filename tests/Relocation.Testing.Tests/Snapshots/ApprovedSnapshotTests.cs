using System.Text;
using CsCheck;
using Relocation.Testing.Snapshots;
using Relocation.Testing.Specification;
using Relocation.Testing.Tests.Keys;
using Xunit;

namespace Relocation.Testing.Tests.Snapshots;

public sealed class ApprovedSnapshotTests : IDisposable
{
    private static readonly PrimaryKeyMap Map = MapParts.Build(MapParts.Inserted("shop.order", (1, 101), (3, 102)));
    private static readonly PrimaryKeyMap Other = MapParts.Build(MapParts.Inserted("shop.order", (1, 101), (2, 102), (3, 103)));

    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_approved_file_lies_beside_the_source() =>
        await ApprovedSnapshot.CheckAsync(Map, cancellationToken: TestContext.Current.CancellationToken);

    private string Accept => $"relocation snapshot accept tests/Shop/ShopTests.Import --folder {_folder.In(string.Empty).TrimEnd(Path.DirectorySeparatorChar)}";

    [Fact]
    [Case("missing-approved")]
    public async Task Missing_file_fails_and_offers_the_received_one()
    {
        var exception = await Assert.ThrowsAsync<SnapshotMismatchException>(() => _folder.CheckAsync(Map, _folder.Desk));

        Assert.Equal(
            "Nothing is approved yet. Look at the received file, and approve it if it is right.\n"
            + $"  approved: {_folder.Approved}\n  received: {_folder.Received}\n  approve:  {Accept}",
            exception.Message);
        Assert.Equal((_folder.Approved, _folder.Received), (exception.ApprovedPath, exception.ReceivedPath));
        Assert.Null(exception.Diff);
        Assert.Equal([$"{_folder.Received}|{_folder.Approved}"], _folder.Opened);
        Assert.Equal(["tests/Shop/ShopTests.Import.received.txt"], _folder.Files);
    }

    [Fact]
    public async Task Run_notes_once_which_approved_files_were_compared_with()
    {
        var environment = _folder.Desk with { RunFolder = "artifacts/run" };
        await FailAsync(Map, environment);
        File.Move(_folder.Received, _folder.Approved);
        await _folder.CheckAsync(Map, environment);

        Assert.Equal([_folder.Approved], SnapshotRun.Read(_folder.In("artifacts/run"), _folder.In(".")));
        Assert.Equal(2, _folder.Files.Length);
    }

    [Fact]
    public async Task Files_have_a_signature_and_no_line_end_at_the_end()
    {
        await FailAsync(Map, _folder.Desk);

        var bytes = await File.ReadAllBytesAsync(_folder.Received, TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Equal(Map.ToSnapshot(), Encoding.UTF8.GetString(bytes[3..]));
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.NotEqual((byte)'\n', bytes[^1]);
    }

    [Fact]
    public async Task Received_file_moved_to_the_approved_one_passes()
    {
        await FailAsync(Map, _folder.Desk);
        File.Move(_folder.Received, _folder.Approved);

        await _folder.CheckAsync(Map, _folder.Desk);
        await _folder.CheckAsync(Map.ToSnapshot(), _folder.Desk);

        Assert.Equal(["tests/Shop/ShopTests.Import.verified.txt"], _folder.Files);
        Assert.Empty(_folder.Closed);
    }

    [Fact]
    public async Task Pass_takes_away_what_earlier_runs_left_and_not_what_this_run_left()
    {
        var run = _folder.Desk with { RunStart = DateTime.UtcNow.AddMinutes(-1) };
        Approve(Map.ToSnapshot());
        await FailAsync(Other, run);

        await _folder.CheckAsync(Map, run);
        var left = File.Exists(_folder.Received);
        File.SetLastWriteTimeUtc(_folder.Received, run.RunStart.AddMinutes(-1));
        await _folder.CheckAsync(Map, run);

        Assert.True(left);
        Assert.False(File.Exists(_folder.Received));
    }

    [Fact]
    public async Task Mismatches_beside_each_other_leave_one_whole_file()
    {
        Approve("nothing of it");
        var texts = Enumerable.Range(0, 16).Select(number => string.Concat(Enumerable.Repeat($"{number}\n", 20_000))).ToList();

        await Task.WhenAll(texts.Select(text => Task.Run(() =>
            Assert.ThrowsAsync<SnapshotMismatchException>(() => _folder.CheckAsync(text, _folder.Desk)))));

        var received = await File.ReadAllTextAsync(_folder.Received, TestContext.Current.CancellationToken);
        Assert.Contains(received.TrimEnd('\n'), texts.Select(text => text.TrimEnd('\n')));
        Assert.Equal(
            ["tests/Shop/ShopTests.Import.received.txt", "tests/Shop/ShopTests.Import.verified.txt"], _folder.Files);
    }

    [Fact]
    public async Task Mismatch_shows_the_records_that_differ()
    {
        Approve(Map.ToSnapshot());

        var exception = await FailAsync(Other, _folder.Desk);

        Assert.Equal(
            "The snapshot is not what was approved. Look at the difference, and approve what was received if it is right.\n"
            + $"  approved: {_folder.Approved}\n  received: {_folder.Received}\n  approve:  {Accept}\n\n"
            + "1 added, 0 removed, 0 changed; 1 renumbered.\n\nAdded:\n  shop.order 2 -> 102 inserted\n\n"
            + "Renumbered:\n  shop.order: 1 record by +1",
            exception.Message);
        Assert.Single(exception.Diff!.Added);
        Assert.Single(_folder.Opened);
    }

    [Fact]
    public async Task Snapshots_given_as_text_are_compared_as_maps_too()
    {
        Approve(Map.ToSnapshot());

        var exception = await Assert.ThrowsAsync<SnapshotMismatchException>(
            () => _folder.CheckAsync(Other.ToSnapshot(), _folder.Desk));

        Assert.Single(exception.Diff!.Added);
    }

    [Fact]
    public async Task Damaged_approved_map_says_how_it_is_damaged()
    {
        Approve(Map.ToSnapshot().Replace("2 inserted", "3 inserted", StringComparison.Ordinal));

        var exception = await FailAsync(Map, _folder.Desk);

        Assert.Contains("line 4 announces other records than those that follow it.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("approved: shop.order: 2 records (3 inserted)", exception.Message, StringComparison.Ordinal);
        Assert.Null(exception.Diff);
    }

    [Fact]
    public async Task Text_that_differs_shows_its_first_line_and_counts()
    {
        Approve("one\ntwo\nthree\nfour");

        var exception = await Assert.ThrowsAsync<SnapshotMismatchException>(
            () => _folder.CheckAsync("one\n2\nthree\nfour\nfive\n", _folder.Desk));

        Assert.EndsWith(
            "\n\n2 lines added, 1 removed.\n\nLine 2:\n  approved: two\n  received: 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_ends_early_says_so()
    {
        Approve("one\ntwo");

        var exception = await Assert.ThrowsAsync<SnapshotMismatchException>(() => _folder.CheckAsync("one", _folder.Desk));

        Assert.EndsWith("approved: two\n  received: (the text has ended)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_takes_the_stale_received_file_away_and_closes_its_tool()
    {
        Approve(Map.ToSnapshot());
        await FailAsync(Other, _folder.Desk);

        await _folder.CheckAsync(Map, _folder.Desk);

        Assert.Equal(["tests/Shop/ShopTests.Import.verified.txt"], _folder.Files);
        Assert.Equal(_folder.Opened, _folder.Closed);
    }

    [Fact]
    public async Task A_diff_tool_that_fails_does_not_hide_the_mismatch()
    {
        var desk = _folder.Desk with { OpenDiffTool = (_, _) => throw new InvalidOperationException("No display.") };

        await FailAsync(Map, desk);
    }

    [Fact]
    public async Task An_empty_approved_file_that_a_tool_made_is_none()
    {
        Approve(string.Empty);

        var exception = await FailAsync(Map, _folder.Desk);

        Assert.StartsWith("Nothing is approved yet.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_server_writes_to_the_artifacts_folder_only()
    {
        Approve(Map.ToSnapshot());

        var exception = await FailAsync(Other, _folder.BuildServer);

        Assert.Equal(_folder.ReceivedArtifact, exception.ReceivedPath);
        Assert.Equal(
            [
                "artifacts/snapshots/tests/Shop/ShopTests.Import.diff.txt",
                "artifacts/snapshots/tests/Shop/ShopTests.Import.received.txt",
                "tests/Shop/ShopTests.Import.verified.txt",
            ],
            _folder.Files);
        Assert.Equal(
            exception.Diff!.ToString(),
            await File.ReadAllTextAsync(_folder.DiffArtifact, TestContext.Current.CancellationToken));
        Assert.Empty(_folder.Opened);
    }

    [Fact]
    public async Task Build_server_leaves_a_received_file_of_a_desk_alone()
    {
        Approve(Map.ToSnapshot());
        await FailAsync(Other, _folder.Desk);
        await FailAsync(Other, _folder.BuildServer);

        await _folder.CheckAsync(Map, _folder.BuildServer);

        Assert.Equal(
            ["tests/Shop/ShopTests.Import.received.txt", "tests/Shop/ShopTests.Import.verified.txt"], _folder.Files);
    }

    [Fact]
    public async Task Passing_on_a_build_server_needs_no_artifacts_folder()
    {
        Approve(Map.ToSnapshot());

        await _folder.CheckAsync(Map, _folder.BuildServer);

        Assert.Equal(["tests/Shop/ShopTests.Import.verified.txt"], _folder.Files);
    }

    [Fact]
    public async Task Artifacts_folder_comes_from_the_options_or_else_the_environment()
    {
        var environment = _folder.BuildServer with { ArtifactsFolder = _folder.In("from-environment") };

        var byEnvironment = await FailAsync(Map, environment);
        var byOptions = await FailAsync(Map, environment, new SnapshotOptions { ArtifactsFolder = "from-options" });

        Assert.Equal(_folder.In("from-environment/tests/Shop/ShopTests.Import.received.txt"), byEnvironment.ReceivedPath);
        Assert.Equal(_folder.In("from-options/tests/Shop/ShopTests.Import.received.txt"), byOptions.ReceivedPath);
    }

    [Fact]
    public async Task Name_and_folder_come_from_the_options()
    {
        var options = new SnapshotOptions { Name = "Import of <every> kind: a/b", Folder = "approved" };

        var exception = await FailAsync(Map, _folder.Desk, options);

        Assert.Equal(_folder.In("tests/Shop/approved/Import of -every- kind- a-b.verified.txt"), exception.ApprovedPath);
    }

    [Fact]
    public async Task New_keys_by_ordinal_are_the_same_wherever_counters_start()
    {
        var options = new SnapshotOptions { NumbersNewKeys = true };
        Approve(Map.ToSnapshot(options));

        await _folder.CheckAsync(MapParts.Build(MapParts.Inserted("shop.order", (1, 900), (3, 905))), _folder.Desk, options);
        var exception = await FailAsync(Map, _folder.Desk);

        Assert.Equal(
            ["The approved map shows new keys in the form Ordinal, the received one in the form Absolute; new keys are not compared."],
            exception.Diff!.Notes);
    }

    [Theory]
    [InlineData("/_/tests/Shop/ShopTests.cs")]
    [InlineData("/home/builder/sources/tests/Shop/ShopTests.cs")]
    [InlineData("D:\\work\\tests\\Shop\\ShopTests.cs")]
    public void Source_built_elsewhere_is_found_above_the_test(string sourceFile) =>
        Assert.Equal(
            _folder.Approved,
            SnapshotPaths.ApprovedOf(sourceFile, "Import", new SnapshotOptions(), _folder.Desk));

    [Fact]
    public void Source_that_is_not_here_fails_and_writes_nothing()
    {
        var exception = Assert.Throws<DirectoryNotFoundException>(
            () => SnapshotPaths.ApprovedOf("/_/tests/Gone/GoneTests.cs", "Import", new SnapshotOptions(), _folder.Desk));

        Assert.Contains("'/_/tests/Gone/GoneTests.cs'", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task A_file_of_any_name_can_be_the_approved_one()
    {
        var exception = await Assert.ThrowsAsync<SnapshotMismatchException>(() => ApprovedSnapshot.CheckFileAsync(
            SnapshotContent.Of("text"),
            _folder.In("maps/golden.txt"),
            new SnapshotOptions(),
            _folder.Desk,
            TestContext.Current.CancellationToken));

        Assert.Equal(_folder.In("maps/golden.txt+.received.txt"), exception.ReceivedPath);
    }

    [Fact]
    public Task Reading_lets_pass_line_ends_and_signature_and_nothing_else() =>
        Gen.Select(
            Gen.Char["ab\r\n"].Array[0, 12].Select(characters => string.Concat(characters)),
            Gen.Char["ab\r\n"].Array[0, 12].Select(characters => string.Concat(characters)),
            Gen.Bool).SampleAsync(async (approved, received, hasSignature) =>
            {
                var path = _folder.In($"{Guid.NewGuid()}.txt");
                await File.WriteAllTextAsync(path, approved, new UTF8Encoding(hasSignature), TestContext.Current.CancellationToken);

                foreach (var text in (string[])[received, approved])
                {
                    var holds = await SnapshotFile.HoldsAsync(
                        path, SnapshotContent.Of(text).Chunks(), TestContext.Current.CancellationToken);
                    Assert.Equal(Normalised(approved) == Normalised(text), holds);
                }

                File.Delete(path);
            }, iter: 300);

    [Fact]
    public async Task Line_ends_are_read_across_blocks()
    {
        var text = string.Join("\r\n", Enumerable.Range(0, 20_000));
        await File.WriteAllTextAsync(_folder.Approved, text, TestContext.Current.CancellationToken);

        await _folder.CheckAsync(text, _folder.Desk);
        await Assert.ThrowsAsync<SnapshotMismatchException>(() => _folder.CheckAsync($"{text}1", _folder.Desk));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("woodpecker", true)]
    public void A_build_server_is_known_by_its_variable(string? value, bool expected) =>
        Assert.Equal(expected, SnapshotEnvironment.IsBuildServerVariable(value));

    private static string Normalised(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');

    private void Approve(string text) => File.WriteAllText(_folder.Approved, text, Encoding.UTF8);

    private Task<SnapshotMismatchException> FailAsync(
        PrimaryKeyMap map, SnapshotEnvironment environment, SnapshotOptions? options = null) =>
        Assert.ThrowsAsync<SnapshotMismatchException>(() => _folder.CheckAsync(map, environment, options));
}

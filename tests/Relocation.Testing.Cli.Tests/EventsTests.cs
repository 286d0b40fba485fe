using System.IO.Compression;
using System.Text;

namespace Relocation.Testing.Cli.Tests;

public sealed class EventsTests : IDisposable
{
    private const string Event = """{"message": "hello", "project": 1, "event_id": "00000000000000000000000000000001"}""";

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Invented_events_are_saved_into_an_imported_database_and_missing_tables_are_made()
    {
        await ImportAsync();
        (await _workplace.RunAsync("generate", "events", "--database", "sentry_test.db", "--count", "50", "--until", "2026-01-15T12:00:00Z", "--output", "events.json")).With(0);

        var result = (await _workplace.RunAsync("events", "save", "events.json", "--database", "sentry_test.db", "--batch", "7", "--json")).With(0).Json();

        Assert.Equal(("saved", 0, 50, 50), (
            result.GetProperty("status").GetString(), result.GetProperty("exitCode").GetInt32(), result.GetProperty("events").GetInt32(), result.GetProperty("saved").GetInt32()));
        Assert.Contains("event_stream", result.GetProperty("tablesMade").EnumerateArray().Select(table => table.GetString()));
        Assert.Equal(50, result.GetProperty("types").EnumerateObject().Sum(type => type.Value.GetInt32()));
        Assert.Equal(result.GetProperty("newGroups").GetInt64(), _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM sentry_groupedmessage"));
        Assert.Equal(50, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM nodestore_node"));
    }

    [Fact]
    public async Task Lines_of_standard_input_and_compressed_files_are_read_and_told_in_words()
    {
        await ImportAsync();
        await using (var file = File.Create(_workplace.PathOf("events.json.gz")))
        await using (var zip = new GZipStream(file, CompressionMode.Compress))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes($"\uFEFF [{Event}, {Event}]\n"), TestContext.Current.CancellationToken);
        }

        var lines = (await _workplace.RunAsync($"{Event}\n\n{Event.Replace("hello", "\\ud83d\\ude00 longer")}\n", ["events", "save", "-", "--database", "sentry_test.db"])).With(0);
        var zipped = (await _workplace.RunAsync("events", "save", "events.json.gz", "--database", "sentry_test.db", "--project", "1", "--commit-batches", "--batch", "1")).With(0);
        var none = (await _workplace.RunAsync("  []  ", ["events", "save", "-", "--database", "sentry_test.db"])).With(0);

        Assert.StartsWith("2 events saved into ", lines.Output, StringComparison.Ordinal);
        Assert.Contains("2 groups, of which 2 new; 0 regressions.", lines.Output, StringComparison.Ordinal);
        Assert.Contains("tables that the database did not have were made", lines.Output, StringComparison.Ordinal);
        Assert.Contains("1 group, of which 0 new", zipped.Output, StringComparison.Ordinal);
        Assert.StartsWith("0 events saved into ", none.Output, StringComparison.Ordinal);
        Assert.Equal(4, _workplace.Scalar("sentry_test.db", "SELECT inserts FROM event_stream"));
    }

    [Theory]
    [InlineData("""[{"message": "a", "project": 1}, 7]""", 1, 34, "/1", "single value stands where an event should")]
    [InlineData("{\"message\": \"a\", \"project\": 1}\n[]\n", 2, 1, "", "list stands where an event should")]
    [InlineData("[\n{\"message\": \"a\", \"project\": 1},\n null]", 3, 2, "/1", "Null stands where an event should")]
    [InlineData("[\n{\"message\": \"a\", \"project\": 1},\n{\"message\" 1}]", 3, 12, "/1", "no JSON")]
    [InlineData("""[{"message": "a", "project": 1} {}]""", 1, 33, "", "comma is missing")]
    [InlineData("""[{"message": "a", "project": 1},]""", 1, 33, "", "event is missing")]
    [InlineData("""[{"message": "a", "project": 1}""", 1, 32, "", "cut off")]
    [InlineData("""[{"message": "a", "project": 1}] x""", 1, 34, "", "more text behind")]
    [InlineData("[{\"message\": \"a\", \"project\": 1},\n{\"message\": \"b\"}]", 2, 1, "/1", "does not say its project")]
    [InlineData("[{\"message\": \"a\", \"project\": 1},\n{\"message\": \"b\", \"project\": \"x\"}]", 2, 1, "/1/project", "does not say its project")]
    [InlineData("[{\"message\": \"a\", \"project\": 1},\n  {\"message\": \"b\", \"project\": 99}]", 2, 3, "/1", "project 99")]
    [InlineData("[{\"message\": \"a\", \"project\": 1},\n{\"type\": \"transaction\", \"project\": 1}]", 2, 1, "/1", "Event 2")]
    [InlineData("""[{"message": "a", "project": 1}, {"message": "b", "project": 1, "project": 2}]""", 1, 34, "/1", "more than once")]
    [InlineData("""[{"message": "a", "project": 1}, {"message": "b", "project": 1, "extra": {"x": {"y": 1, "y": 2}}}]""", 1, 34, "/1", "more than once")]
    [InlineData("""[{"message": "a", "project": 1}, {"message": "b", "\ud800": 1, "project": 1}]""", 1, 34, "/1", "half of a character")]
    [InlineData("""[{"message": "a", "project": 1}, {"message": "b", "project": 1, "extra": {"x": "\ud800"}}]""", 1, 34, "/1", "half of a character")]
    public async Task What_is_wrong_is_said_with_its_place_and_nothing_is_saved(string text, int line, int column, string pointer, string message)
    {
        await ImportAsync();
        _workplace.Write("events.json", text);
        var before = await File.ReadAllBytesAsync(_workplace.PathOf("sentry_test.db"), TestContext.Current.CancellationToken);

        var result = (await _workplace.RunAsync("events", "save", "events.json", "--database", "sentry_test.db", "--json")).With(1).Json();

        var problem = result.GetProperty("error").GetProperty("problems").EnumerateArray().Single();
        var place = problem.GetProperty("place");
        Assert.Equal(("events", line, column), (
            result.GetProperty("error").GetProperty("kind").GetString(), place.GetProperty("line").GetInt32(), place.GetProperty("column").GetInt32()));
        Assert.StartsWith(pointer, place.GetProperty("pointer").GetString(), StringComparison.Ordinal);
        Assert.Contains(message, problem.GetProperty("message").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await File.ReadAllBytesAsync(_workplace.PathOf("sentry_test.db"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("events save events.json", 2, "--database")]
    [InlineData("events save events.json --database sentry_test.db --batch 0", 2, "--batch must be at least 1")]
    [InlineData("events save none.json --database sentry_test.db", 2, "There is no file 'none.json'")]
    [InlineData("events save . --database sentry_test.db", 2, "is a folder")]
    [InlineData("events save events.json --database none_test.db", 3, "none_test.db")]
    [InlineData("events save events.json --database sentry_test.db --with geo-lookup", 2, "'geo-lookup' is not done")]
    [InlineData("events save events.json --database sentry_test.db --with pigeons", 2, "nothing called 'pigeons'")]
    [InlineData("events save events.json --database sentry_test.db --model sentry@1.0", 2, "no model of Sentry '1.0'")]
    [InlineData("events save events.json --database sentry_test.db --no-create-schema", 1, "not saved")]
    [InlineData("events save events.json --database sentry.db", 1, "dangerously-allow-any-database-name")]
    [InlineData("events save events.json --database sentry_test.db --assume-normalized", 1, "'timestamp' is no time")]
    public async Task What_cannot_be_done_is_refused(string arguments, int exitCode, string message)
    {
        await ImportAsync();
        File.Copy(_workplace.PathOf("sentry_test.db"), _workplace.PathOf("sentry.db"));
        _workplace.Write("events.json", Event);

        var result = (await _workplace.RunAsync(arguments.Split(' '))).With(exitCode);

        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_numbered_as_in_the_file_and_those_of_earlier_batches_may_stay()
    {
        await ImportAsync();
        _workplace.Write("events.jsonl", string.Concat(Enumerable.Repeat($"{Event}\n", 4)) + Event.Replace("\"project\": 1", "\"project\": 99") + "\n");

        var whole = (await _workplace.RunAsync("events", "save", "events.jsonl", "--database", "sentry_test.db", "--batch", "3")).With(1);
        var batches = (await _workplace.RunAsync("events", "save", "events.jsonl", "--database", "sentry_test.db", "--batch", "3", "--commit-batches")).With(1);

        Assert.Contains("events.jsonl:5:1: Event 5 is of project 99", whole.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("stay", whole.Error, StringComparison.Ordinal);
        Assert.Contains("3 events of the batches before are saved and stay.", batches.Error, StringComparison.Ordinal);
        Assert.Equal(3, _workplace.Scalar("sentry_test.db", "SELECT inserts FROM event_stream"));
    }

    [Fact]
    public async Task Batch_of_long_events_ends_earlier_so_that_memory_does_not_grow_with_the_file()
    {
        await ImportAsync();
        var text = new string('x', 5 << 20);
        _workplace.Write("events.jsonl", string.Concat(Enumerable.Range(0, 3).Select(_ => Event.Replace("\"project\"", $"\"extra\": {{\"text\": \"{text}\"}}, \"project\"") + "\n")) + "[]");

        var result = (await _workplace.RunAsync("events", "save", "events.jsonl", "--database", "sentry_test.db", "--commit-batches")).With(1);

        Assert.Contains("2 events of the batches before are saved and stay.", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, _workplace.Scalar("sentry_test.db", "SELECT inserts FROM event_stream"));
    }

    [Fact]
    public async Task Text_without_end_is_refused_before_it_fills_the_memory()
    {
        await ImportAsync();
        _workplace.Write("events.json", "[{\"message\": \"" + new string('x', (1 << 26) + (1 << 20)));

        var result = (await _workplace.RunAsync("events", "save", "events.json", "--database", "sentry_test.db", "--json")).With(1).Json();

        var problem = result.GetProperty("error").GetProperty("problems")[0];
        Assert.Equal("limitExceeded", problem.GetProperty("kind").GetString());
        Assert.Contains("67,108,864 bytes", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(600, "more than 512 levels deep")]
    public async Task Depth_has_a_limit_that_is_told(int depth, string? message)
    {
        await ImportAsync();
        var deep = new string('[', depth) + new string(']', depth);
        _workplace.Write("events.json", Event.Replace("\"project\"", $"\"extra\": {{\"a\": {deep}}}, \"project\""));

        var result = (await _workplace.RunAsync("events", "save", "events.json", "--database", "sentry_test.db")).With(message is null ? 0 : 1);

        Assert.Contains(message ?? string.Empty, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_file_that_was_cut_off_between_two_events_is_damaged()
    {
        await ImportAsync();
        using var compressed = new MemoryStream();
        await using (var zip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes($"{Event}\n{Event}\n"), TestContext.Current.CancellationToken);
        }

        const int Tail = 9;
        await File.WriteAllBytesAsync(_workplace.PathOf("events.jsonl.gz"), compressed.ToArray()[..^Tail], TestContext.Current.CancellationToken);

        var result = (await _workplace.RunAsync("events", "save", "events.jsonl.gz", "--database", "sentry_test.db")).With(1);

        Assert.Contains("The compressed file is damaged.", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM sqlite_master WHERE name = 'event_stream'"));
    }

    [Fact]
    public async Task Event_that_fails_by_itself_takes_the_file_with_it()
    {
        await ImportAsync();
        const string Bare = """{"logentry": {"formatted": "a"}, "project": 1, "timestamp": 1700000000, "event_id": "0000000000000000000000000000000a", "type": "default"}""";
        _workplace.Write("events.jsonl", $"{Bare.Replace("\"type\"", "\"level\": \"error\", \"type\"")}\n{Bare.Replace("\"a\"", "\"b\"")}");

        var result = (await _workplace.RunAsync("events", "save", "events.jsonl", "--database", "sentry_test.db", "--assume-normalized")).With(1);

        Assert.Contains("events.jsonl:2:1", result.Error, StringComparison.Ordinal);
        Assert.Contains("no level", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM sqlite_master WHERE name = 'event_stream'"));
    }

    private async Task ImportAsync() =>
        (await _workplace.RunAsync("import", Workplace.Fixture("sentry/organization.json"), "--model", "sentry", "--database", "sentry_test.db")).With(0);
}

using System.Text.Json;

namespace Relocation.Testing.Cli.Tests;

public sealed class GenerateEventsTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Same_seed_gives_the_same_events_to_standard_output()
    {
        string[] arguments = ["generate", "events", "--count", "20", "--seed", "7", "--until", "2026-01-15T12:00:00Z", "--project", "4", "--project", "5", "--output", "-"];
        var first = (await _workplace.RunAsync(arguments)).With(0);
        var second = (await _workplace.RunAsync(arguments)).With(0);

        Assert.Equal(first.Output, second.Output);
        Assert.Contains("20 events of 2 projects, written to standard output.", first.Error, StringComparison.Ordinal);
        using var events = JsonDocument.Parse(first.Output);
        Assert.Equal(20, events.RootElement.GetArrayLength());
        Assert.Equal([4, 5], events.RootElement.EnumerateArray().Select(each => each.GetProperty("project").GetInt64()).Distinct().Order());
        Assert.All(events.RootElement.EnumerateArray(), each => Assert.StartsWith("2026-01-1", each.GetProperty("timestamp").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_of_chosen_kinds_go_to_a_file_and_their_counts_are_told()
    {
        var result = (await _workplace.RunAsync(
            "generate", "events", "--count", "30", "--kinds", "error,generic=2", "--output", "events.jsonl", "--json")).With(0).Json();

        var lines = await File.ReadAllLinesAsync(_workplace.PathOf("events.jsonl"), TestContext.Current.CancellationToken);
        var generic = lines.Count(line => line.Contains("\"title\":", StringComparison.Ordinal));
        Assert.Equal(30, lines.Length);
        Assert.Equal(("generated", "lines", 30), (result.GetProperty("status").GetString(), result.GetProperty("format").GetString(), result.GetProperty("events").GetInt64()));
        Assert.Equal((30 - generic, generic), (result.GetProperty("kinds").GetProperty("error").GetInt32(), result.GetProperty("kinds").GetProperty("generic").GetInt32()));
        Assert.InRange(generic, 10, 28);
    }

    [Fact]
    public async Task Events_belong_to_the_projects_of_a_database()
    {
        (await _workplace.RunAsync("import", Workplace.Fixture("sentry/organization.json"), "--model", "sentry", "--database", "sentry_test.db")).With(0);
        var result = (await _workplace.RunAsync("generate", "events", "--database", "sentry_test.db", "--output", "events.json", "--json")).With(0).Json();
        var missing = (await _workplace.RunAsync("generate", "events", "--database", "none.db", "--output", "x.json")).With(3);

        var ids = result.GetProperty("projects").EnumerateArray().Select(id => id.GetInt64()).ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(_workplace.Scalar("sentry_test.db", "SELECT COUNT(*) FROM sentry_project WHERE status = 0"), ids.Count);
        Assert.Contains("none.db", missing.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generate events", "--output")]
    [InlineData("generate events --output - --json", "both write to standard output")]
    [InlineData("generate events --output x.json --kinds party", "is no kind of event")]
    [InlineData("generate events --output x.json --kinds error=0", "--kinds are wrong")]
    [InlineData("generate events --output x.json --count -1", "--count is out of range")]
    [InlineData("generate events --output x.json --groups 0", "--groups is out of range")]
    [InlineData("generate events --output x.json --span -1", "--span is out of range")]
    [InlineData("generate events --output x.json --until later", "is no moment")]
    [InlineData("generate events --output x.json --locale klingon", "klingon")]
    [InlineData("generate events --output x.json --project 1 --database y.db", "Give one of them")]
    public async Task Wrong_usage_is_told_and_leaves_no_file(string arguments, string message)
    {
        var outcome = (await _workplace.RunAsync(arguments.Split(' '))).With(2);

        Assert.Contains(message, outcome.Error + outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_workplace.Folder));
    }
}

using System.Text.Json;

namespace Relocation.Testing.Cli.Tests;

public sealed class GraphTests : IDisposable
{
    private static readonly string[] Shop = ["--assembly", Workplace.ShopAssembly, "--context", "ShopContext"];

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Context_is_drawn_with_its_cuts()
    {
        var drawing = (await _workplace.RunAsync(["graph", .. Shop])).With(0).Output;

        Assert.StartsWith("flowchart LR\n", drawing, StringComparison.Ordinal);
        Assert.Contains("-.\"manager_id (cut: filled in later)\".->", drawing, StringComparison.Ordinal);
        Assert.Contains("linkStyle", drawing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("detailed", JsonValueKind.Object, 85)]
    [InlineData("flat", JsonValueKind.Object, 85)]
    [InlineData("sorted", JsonValueKind.Array, 85)]
    [InlineData("truncate", JsonValueKind.Array, 85)]
    [InlineData("mermaid", JsonValueKind.Object, 1)]
    public async Task Sentrys_models_are_listed_as_one_document(string format, JsonValueKind kind, int count)
    {
        var listing = (await _workplace.RunAsync("graph", "--model", "sentry", "--format", format, "--json")).With(0).Json();

        Assert.Equal(kind, listing.ValueKind);
        Assert.Equal(count, kind == JsonValueKind.Array ? listing.GetArrayLength() : listing.EnumerateObject().Count());
    }

    [Fact]
    public async Task Listing_of_an_older_release_goes_to_a_file_in_the_form_of_its_name()
    {
        (await _workplace.RunAsync("graph", "--model", "sentry@23.9.1", "--format", "flat", "--output", "flat.json")).With(0);
        (await _workplace.RunAsync("graph", "--model", "sentry@23.9.1", "--format", "flat", "--output", "flat.txt")).With(0);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_workplace.PathOf("flat.json"), TestContext.Current.CancellationToken));
        Assert.Equal("sentry.team", json.RootElement.GetProperty("sentry.actor")[0].GetString());
        Assert.Contains(
            "sentry.actor: sentry.team, sentry.user\n",
            await File.ReadAllTextAsync(_workplace.PathOf("flat.txt"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_dependencies_give_a_finding()
    {
        string[] command = ["graph", .. Shop, "--format", "sorted", "--approved", "shop.verified.txt"];

        (await _workplace.RunAsync(command)).With(1);
        File.Move(_workplace.PathOf("shop.received.txt"), _workplace.PathOf("shop.verified.txt"));
        Assert.Equal("As approved.\n", (await _workplace.RunAsync(command)).With(0).Output);
        _workplace.Write("shop.verified.txt", "shop.order");
        var changed = (await _workplace.RunAsync([.. command, "--json"])).With(1).Json();

        Assert.Equal("mismatch", changed.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("graph --format dot", "dot")]
    [InlineData("graph --model sentry@2", "There is no model of Sentry '2'")]
    public async Task Wrong_usage_is_told(string command, string message) =>
        Assert.Contains(message, (await _workplace.RunAsync(command.Split(' '))).With(2).Error, StringComparison.Ordinal);
}

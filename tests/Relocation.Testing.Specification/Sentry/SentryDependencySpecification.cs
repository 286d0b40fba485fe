using System.Text.Json.Nodes;
using Relocation.Testing.Planning;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>Sentry's own listings of what its models depend on, and ours: the same for each engine.</summary>
public abstract class SentryDependencySpecification(DatabaseUnderTest engine)
{
    private const string Release = "24.7.0";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RelocationModel Model => SentryModel.Create(engine.Target.Engine, Release);

    private ModelDependencies Dependencies => ModelDependencies.Of(Model);

    /// <summary>One unique set of the release's own listing spells a column.</summary>
    [Fact]
    [Parity("12.12", "test_detailed")]
    public async Task Detailed_listing_is_the_releases_own_for_our_models()
    {
        var text = Dependencies.ToJson(DependencyListing.Detailed);

        var released = (await ReleasedAsync("detailed")).AsObject();
        var unique = released["sentry.groupsearchview"]!["uniques"]![0]!.AsArray();
        Assert.Equal("organization_id", unique[0]!.GetValue<string>());
        unique[0] = "organization";
        MustEqualRestricted(released, JsonNode.Parse(text)!.AsObject());
        await MustBeApprovedAsync(text, "detailed");
    }

    [Fact]
    [Parity("12.12", "test_flat")]
    public async Task Flat_listing_is_the_releases_own_for_our_models()
    {
        var text = Dependencies.ToJson(DependencyListing.Flat);

        MustEqualRestricted((await ReleasedAsync("flat")).AsObject(), JsonNode.Parse(text)!.AsObject());
        await MustBeApprovedAsync(text, "flat");
    }

    [Fact]
    [Parity("12.12", "test_sorted")]
    public async Task Sorted_listing_has_our_models_and_satisfies_every_edge_of_the_releases_own()
    {
        var text = Dependencies.ToJson(DependencyListing.Sorted);
        var sorted = Texts(JsonNode.Parse(text)!);

        var released = Texts(await ReleasedAsync("sorted"));
        Assert.Equal(released.Where(label => Model.Find(ModelLabel.Parse(label)) is not null).Order(StringComparer.Ordinal), sorted.Order(StringComparer.Ordinal));
        MustSatisfy(await EdgesAsync(), sorted);
        MustSatisfy(await EdgesAsync(), released);
        await MustBeApprovedAsync(text, "sorted");
    }

    [Fact]
    [Parity("12.12", "test_truncate")]
    public async Task Listing_of_tables_has_our_models_tables_and_satisfies_every_edge_of_the_releases_own()
    {
        var text = Dependencies.ToJson(DependencyListing.Truncate);
        var tables = Texts(JsonNode.Parse(text)!);

        var detailed = (await ReleasedAsync("detailed")).AsObject();
        var edges = (await EdgesAsync()).Select(edge => (TableOf(edge.From), TableOf(edge.To))).ToList();
        Assert.Empty(tables.Except(Texts(await ReleasedAsync("truncate"))));
        Assert.Equal(Model.Entities.Count, tables.Length);
        MustSatisfy(edges, tables);
        await MustBeApprovedAsync(text, "truncate");

        string TableOf(string label) => detailed[label]!["table_name"]!.GetValue<string>();
    }

    [Fact]
    public async Task Graph_of_the_models_is_approved() => await MustBeApprovedAsync(Dependencies.ToMermaid(), "mermaid");

    private static async Task<JsonNode> ReleasedAsync(string name) => JsonNode.Parse(await File.ReadAllTextAsync(
        Repository.Shared("data", "sentry", "model_dependencies", Release, $"{name}.json"), Cancel))!;

    /// <summary>Every member of ours is there and equal; labels are lower case here.</summary>
    private static void MustEqualRestricted(JsonObject released, JsonObject ours)
    {
        Assert.Equal(84, ours.Count);
        Assert.Equal(ours.Select(model => model.Key).Order(StringComparer.Ordinal), ours.Select(model => model.Key));
        Assert.All(ours, model => Assert.True(
            JsonNode.DeepEquals(released[model.Key], model.Value), $"{model.Key}: {model.Value!.ToJsonString()}, not {released[model.Key]?.ToJsonString()}"));
    }

    private static Task MustBeApprovedAsync(string text, string name) =>
        ApprovedSnapshot.CheckFileAsync(text, Repository.Golden($"sentry/dependencies.{name}"), cancellationToken: Cancel);

    private static string[] Texts(JsonNode array) => [.. array.AsArray().Select(item => item!.GetValue<string>())];

    private static void MustSatisfy(IReadOnlyCollection<(string From, string To)> edges, string[] order)
    {
        Assert.True(edges.Count > 100, $"Only {edges.Count} edges are among our models.");
        Assert.All(edges, edge => Assert.True(Array.IndexOf(order, edge.To) < Array.IndexOf(order, edge.From), $"{edge.From} comes before {edge.To}."));
    }

    /// <summary>What the release's own listing says of our models, declared dependencies included.</summary>
    private async Task<IReadOnlyList<(string From, string To)>> EdgesAsync()
    {
        var detailed = (await ReleasedAsync("detailed")).AsObject();
        return [.. Model.Entities.SelectMany(entity => Targets(detailed[entity.Label.Value]!).Select(target => (entity.Label.Value, target)))
            .Where(edge => Model.Find(ModelLabel.Parse(edge.target)) is not null)];

        static IEnumerable<string> Targets(JsonNode model) => model["foreign_keys"]!.AsObject().Select(key => key.Value!["model"]!.GetValue<string>())
            .Concat(Texts(model["relocation_dependencies"]!));
    }
}

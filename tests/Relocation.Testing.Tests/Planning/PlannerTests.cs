using System.Text.Json;
using CsCheck;
using Xunit;

namespace Relocation.Testing.Tests.Planning;

public sealed class PlannerTests
{
    /// <summary>Models by number, and references between them: from, to, and whether the reference takes null.</summary>
    private static readonly Gen<(int Models, (int From, int To, bool Nullable)[] References)> Graphs =
        Gen.Int[1, 9].SelectMany(models => Gen.Select(
            Gen.Const(models),
            Gen.Select(Gen.Int[0, models - 1], Gen.Int[0, models - 1], Gen.Bool).Array[0, 2 * models]));

    [Theory]
    [InlineData("24.7.0")]
    [InlineData(SentryModel.Head)]
    public void Plan_satisfies_every_edge_of_the_catalogues_own_order(string version)
    {
        var plan = ImportPlan.For(SentryModel.Create(SqliteEngine.Instance, version));
        var ranks = plan.Models.ToDictionary(planned => planned.Entity.Label.Value, planned => planned.Rank);
        var edges = Dependencies("flat.json").EnumerateObject().SelectMany(model => model.Value.EnumerateArray()
            .Select(target => (From: model.Name.ToLowerInvariant(), To: target.GetString()!.ToLowerInvariant()))).ToList();

        var known = edges.Where(edge => edge.From != edge.To && ranks.ContainsKey(edge.From) && ranks.ContainsKey(edge.To)).ToList();

        Assert.True(known.Count > 100, $"Only {known.Count} edges are known to the model.");
        Assert.All(known, edge => Assert.True(ranks[edge.To] < ranks[edge.From], $"{edge.From} comes before {edge.To}."));
        Assert.All(plan.Models, planned => Assert.All(planned.Cuts, cut => Assert.Equal(planned.Entity.Label, cut.Reference.Target)));
    }

    [Fact]
    public void Plans_order_is_one_that_the_catalogues_sorted_list_agrees_with()
    {
        var model = SentryModel.Create(SqliteEngine.Instance, "24.7.0");
        var sorted = Dependencies("sorted.json").EnumerateArray().Select(label => label.GetString()!.ToLowerInvariant()).ToList();

        // Every reference of ours points backwards in that list too, so both are orders of the same graph.
        foreach (var entity in model.Entities)
        {
            foreach (var target in entity.References.Select(reference => reference.Target)
                .Where(target => target != entity.Label && model.Find(target) is not null))
            {
                Assert.True(sorted.IndexOf(target.Value) < sorted.IndexOf(entity.Label.Value), $"{entity.Label} -> {target}");
            }
        }
    }

    [Fact]
    public void Plan_is_the_same_however_models_are_given()
    {
        Gen.Select(Graphs, Gen.Int[0, int.MaxValue]).Sample((graph, seed) =>
        {
            var entities = Entities(graph.Models, [.. graph.References.Select(reference => reference with { Nullable = true })]);
            var shuffled = entities.ToArray();
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(
                ImportPlan.For(RelocationModel.Create("m", entities)).ToString(),
                ImportPlan.For(RelocationModel.Create("m", shuffled)).ToString());
        });
    }

    [Fact]
    public void Every_reference_leads_to_an_earlier_model_or_is_cut_within_a_cycle_and_others_are_refused_by_name()
    {
        var (planned, refused) = (0, 0);
        Graphs.Sample(
            graph =>
            {
                var model = RelocationModel.Create("m", Entities(graph.Models, graph.References));
                var hard = graph.References.Where(reference => reference is { Nullable: false } && reference.From != reference.To)
                    .Select(reference => (reference.From, reference.To)).ToList();
                var cyclic = Enumerable.Range(0, graph.Models).Where(start => Reaches(hard, start, start)).ToList();
                if (cyclic.Count > 0)
                {
                    refused++;
                    var refusal = Assert.Throws<RelocationModelException>(() => ImportPlan.For(model));
                    Assert.Contains("need each other in a circle that cannot be cut: ", refusal.Message, StringComparison.Ordinal);
                    Assert.Contains(cyclic, number => refusal.Message.Contains($"m.e{number}.", StringComparison.Ordinal));
                    return;
                }

                planned++;
                Check(graph, ImportPlan.For(model));
            },
            threads: 1,
            iter: 1_000);

        Assert.True(planned > 5 && refused > 5, $"{planned} planned, {refused} refused.");
    }

    [Fact]
    public void Cycle_is_cut_at_the_kind_of_reference_that_allows_it()
    {
        var plan = ImportPlan.For(RelocationModel.Create(
            "m",
            [
                Entity(0, [(1, true, false, true)]), Entity(1, [(0, false, false, true)]),
                Entity(2, [(3, false, true, true)]), Entity(3, [(2, false, false, true)]),
                Entity(4, [(5, false, false, false)]), Entity(5, [(4, false, false, true)]),
                Entity(6, [(6, false, false, true)]), Entity(7, [(7, true, false, true)]),
            ]));

        Assert.Equal(
            """
            0 m.e6 cut at r0 -> m.e6 (WithinModel)
            1 m.e7 cut at r0 -> m.e7 (FilledInLater)
            2 m.e0 cut at r0 -> m.e1 (FilledInLater)
            3 m.e1
            4 m.e2 cut at r0 -> m.e3 (Deferred)
            5 m.e3
            6 m.e4 cut at r0 -> m.e5 (Unenforced)
            7 m.e5
            """,
            plan.ToString(),
            ignoreLineEndingDifferences: true);
    }

    private static void Check((int Models, (int From, int To, bool Nullable)[] References) graph, ImportPlan plan)
    {
        Assert.Equal(Enumerable.Range(0, graph.Models), plan.Models.Select(model => model.Rank));
        Assert.Equal(graph.Models, plan.Models.Select(model => model.Entity.Label).Distinct().Count());
        var all = graph.References.Select(reference => (reference.From, reference.To)).ToList();
        foreach (var model in plan.Models)
        {
            var number = Number(model.Entity.Label);
            foreach (var reference in model.Entity.References)
            {
                var isLater = plan.Find(reference.Target)!.Rank >= model.Rank;
                Assert.Equal(isLater, model.Cuts.Any(cut => cut.Reference == reference));
                Assert.True(!isLater || Reaches(all, Number(reference.Target), number), $"{model.Entity} is cut at {reference} outside of a cycle.");
            }
        }
    }

    private static bool Reaches(List<(int From, int To)> edges, int from, int to)
    {
        var seen = new HashSet<int>();
        var next = new Stack<int>([.. edges.Where(edge => edge.From == from).Select(edge => edge.To)]);
        while (next.TryPop(out var at))
        {
            if (seen.Add(at))
            {
                edges.Where(edge => edge.From == at).ToList().ForEach(edge => next.Push(edge.To));
            }
        }

        return seen.Contains(to);
    }

    private static int Number(ModelLabel label) => label.Value[^1] - '0';

    private static List<RelocationEntity> Entities(int models, (int From, int To, bool Nullable)[] references) =>
    [
        .. Enumerable.Range(0, models).Select(number => Entity(number, [.. references
            .Where(reference => reference.From == number)
            .Select(reference => (reference.To, reference.Nullable, false, true))])),
    ];

    private static RelocationEntity Entity(int number, (int To, bool Nullable, bool Deferrable, bool Constraint)[] references) => new()
    {
        Label = ModelLabel.Parse($"m.e{number}"),
        Table = $"e{number}",
        Key = new RelocationKey { Fields = [Field("id", false)], Policy = KeyPolicy.Remap },
        Fields = [.. references.Select((reference, index) => Field($"r{index}", reference.Nullable))],
        References = [.. references.Select((reference, index) => new RelocationReference
        {
            Name = $"r{index}",
            Fields = [$"r{index}"],
            Target = ModelLabel.Parse($"m.e{reference.To}"),
            IsDeferrable = reference.Deferrable,
            HasConstraint = reference.Constraint,
        })],
    };

    private static RelocationField Field(string name, bool nullable) =>
        new() { Name = name, Column = name, Type = FieldType.Integer, StoreType = "INTEGER", IsNullable = nullable };

    private static JsonElement Dependencies(string file) => JsonElement.Parse(
        File.ReadAllText(Path.Combine(Repository.Shared("data", "sentry", "model_dependencies", "24.7.0"), file)));
}

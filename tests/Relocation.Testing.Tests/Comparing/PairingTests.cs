using System.Text.Json.Nodes;
using CsCheck;
using Relocation.Testing.Specification;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

/// <summary>Records are paired by what they are, whatever their keys and their order.</summary>
public sealed class PairingTests
{
    private static readonly RelocationModel Model = RelocationModel.Create(
        "made",
        [
            Entities.Entity("person", [Entities.Field("name", FieldType.Text), Entities.Field("age"), Entities.Field("boss")], Entities.To("person", "boss")),
            Entities.Entity("team", [Entities.Field("name", FieldType.Text)]) with { Uniques = [new UniqueSet { Fields = ["name"] }] },
            Entities.Entity("place", [Entities.Field("person"), Entities.Field("team"), Entities.Field("rank")], Entities.To("person", "person"), Entities.To("team", "team")),
        ]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Case("compare-counts")]
    public async Task Record_in_the_middle_is_added_and_nothing_else_differs()
    {
        var left = Backup(Person(1, "ada"), Person(2, "bob"), Person(3, "eva", boss: 2));
        var right = Backup(Person(1, "ada"), Person(2, "new"), Person(3, "bob"), Person(4, "eva", boss: 3));

        Assert.Equal(["made.person 2: only the right backup holds the record (AddedRecord)"], await FindAsync(left, right));
        Assert.Equal(["made.person 2: only the left backup holds the record (RemovedRecord)"], await FindAsync(right, left));
    }

    [Fact]
    [Case("compare-counts")]
    public async Task Shifted_records_of_equal_number_are_one_added_and_one_removed_or_changed()
    {
        var left = Backup(Person(1, "ada", age: 3), Person(2, "bob", age: 4), Person(3, "eva", age: 5));
        var right = Backup(Person(2, "bob", age: 4), Person(3, "eva", age: 5), Person(4, "kim", age: 6));

        var result = await CompareAsync(left, right);

        Assert.Equal(new ModelComparison(ModelLabel.Parse("made.person"), 3, 3, 2, 0, 1, 1), Assert.Single(result.Models));
    }

    [Fact]
    public async Task Changed_record_is_paired_by_its_key_by_a_set_of_its_own_or_by_a_value_that_only_it_has()
    {
        var byKey = await CompareAsync(Backup(Person(1, "ada"), Person(2, "bob")), Backup(Person(1, "ada"), Person(2, "kim"), Person(3, "eva")));
        Assert.Equal([("UnequalJSON", "name"), ("AddedRecord", null)], byKey.Findings.Select(finding => (finding.Kind.Name, finding.Field)));

        var bySet = await CompareAsync(
            Backup(Team(1, "red"), Team(2, "blue"), Place(1, 1, 1, 5)), Backup(Team(7, "blue"), Team(8, "green"), Team(9, "red"), Place(1, 1, 9, 5)));
        Assert.Equal(["AddedRecord"], bySet.Findings.Select(finding => finding.Kind.Name));

        var byValue = await CompareAsync(
            Backup(Person(1, "ada", age: 1), Person(2, "bob", age: 2), Person(3, "eva", age: 3)),
            Backup(Person(11, "eva", age: 4), Person(12, "ada", age: 1), Person(13, "kim", age: 2)));
        Assert.Equal([("age", 3, 11), ("name", 2, 13)], byValue.Findings.Select(finding => (finding.Field, (int)finding.LeftPk!.Value.AsInteger(), (int)finding.RightPk!.Value.AsInteger())));
    }

    [Fact]
    public async Task Twins_are_paired_with_their_surroundings()
    {
        // Two persons whom nothing tells apart but who leads whom, and where they are placed.
        var left = Backup(Person(1, "x"), Person(2, "x"), Person(3, "x", boss: 1), Person(4, "x", boss: 2), Team(1, "a"), Team(2, "b"), Place(1, 3, 1, 1), Place(2, 4, 2, 1));
        var right = Backup(Person(1, "x", boss: 4), Person(2, "x", boss: 3), Person(3, "x"), Person(4, "x"), Team(1, "b"), Team(2, "a"), Place(1, 1, 1, 1), Place(2, 2, 2, 1));

        Assert.Empty(await FindAsync(left, right));
    }

    /// <summary>One field refers to a person in records of one type, and to a team in those of another.</summary>
    [Fact]
    public async Task Reference_of_several_types_tells_records_apart_by_what_it_leads_to_whatever_the_keys()
    {
        var (person, team) = (Entities.Entity("person", [Entities.Field("name", FieldType.Text)]), Entities.Entity("team", [Entities.Field("name", FieldType.Text)]));
        RelocationField[] fields = [Entities.Field("about"), Entities.Field("text", FieldType.Text)];
        var note = Entities.Entity("note", fields, Entities.To("person", "about"), Entities.To("team", "about")) with
        {
            Types =
            [
                new RelocationType { Label = ModelLabel.Parse("made.personnote"), Discriminator = "1", Rows = Entities.Entity("note", fields, Entities.To("person", "about")) },
                new RelocationType { Label = ModelLabel.Parse("made.teamnote"), Discriminator = "2", Rows = Entities.Entity("note", fields, Entities.To("team", "about")) },
            ],
        };
        var options = new ComparisonOptions { Model = RelocationModel.Create("made", [person, team, note]) };

        var result = await BackupComparer.CompareAsync(Made(1, 21, 5, 6, 7, 8), Made(41, 61, 8, 7, 6, 5), options, Cancel);

        Assert.Empty(result.Findings);
        Assert.Equal(6, result.ComparedRecords);

        static Backup Made(long ada, long red, params long[] notes)
        {
            JsonObject[] records =
            [
                Record("person", ada, new JsonObject { ["name"] = "ada" }), Record("team", red, new JsonObject { ["name"] = "red" }),
                .. notes.Select((pk, at) => Record("note", pk, new JsonObject { ["about"] = at < 2 ? ada : red, ["text"] = at % 2 == 0 ? "x" : "y" })),
            ];
            return Testing.Backup.FromJson(Backup([.. records.OrderBy(record => (long)record["pk"]!)]).ToJsonString());
        }
    }

    [Fact]
    [Case("compare-counts")]
    public async Task Added_and_removed_records_change_places_with_the_sides_and_equal_is_equal_in_any_order_under_any_keys()
    {
        var records = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 8]).Array[0, 9];
        await Gen.Select(records, records, Gen.Int[0, int.MaxValue]).SampleAsync(
            async (one, other, seed) =>
            {
                var (left, right) = (Made(one), Made(other));
                var (forth, back) = (await CompareAsync(left, right), await CompareAsync(right, left));
                Assert.Equal(
                    forth.Models.OrderBy(model => model.Model).Select(model => model with { Left = model.Right, Right = model.Left, Added = model.Removed, Removed = model.Added }),
                    back.Models.OrderBy(model => model.Model));
                Assert.True((await CompareAsync(left, left)).IsEmpty);
                var found = await CompareAsync(left, Renumbered(left, new Random(seed)));
                Assert.True(found.IsEmpty, $"{found.Findings}\n{left.ToJsonString()}");
            },
            iter: 500,
            threads: 1);
    }

    private static JsonArray Made((int Name, int Age, int Boss)[] persons)
    {
        var records = persons.Select((person, at) => Person(at + 1, $"{person.Name}", person.Age, person.Boss >= 1 && person.Boss <= persons.Length ? person.Boss : null));
        var places = persons.Where(person => person.Boss is > 0 && person.Boss <= persons.Length).Select((person, at) => Place(at + 1, person.Boss, 1 + (person.Age % 2), person.Name));
        return Backup([.. records, Team(1, "red"), Team(2, "blue"), .. places]);
    }

    /// <summary>The same records under other keys, and in any order.</summary>
    private static JsonArray Renumbered(JsonArray backup, Random random)
    {
        var copy = (JsonArray)backup.DeepClone();
        var maps = copy.GroupBy(record => (string)record!["model"]!).ToDictionary(group => group.Key, group =>
        {
            var keys = group.Select(record => (long)record!["pk"]!).ToList();
            return keys.Zip(random.GetItems(Enumerable.Range(1, 10_000).ToArray(), 50).Distinct().Select(key => (long)key)).ToDictionary();
        });
        foreach (var record in copy)
        {
            record!["pk"] = maps[(string)record["model"]!][(long)record["pk"]!];
            foreach (var (field, target) in new[] { ("boss", "made.person"), ("person", "made.person"), ("team", "made.team") })
            {
                if (record["fields"]![field] is JsonValue key)
                {
                    record["fields"]![field] = maps[target][key.GetValue<long>()];
                }
            }
        }

        var shuffled = copy.Select(record => record!.DeepClone()).ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    private static JsonArray Backup(params JsonNode[] records) => [.. records];

    private static JsonObject Person(long pk, string name, int age = 0, long? boss = null) =>
        Record("person", pk, new JsonObject { ["name"] = name, ["age"] = age, ["boss"] = boss });

    private static JsonObject Team(long pk, string name) => Record("team", pk, new JsonObject { ["name"] = name });

    private static JsonObject Place(long pk, long person, long team, int rank) =>
        Record("place", pk, new JsonObject { ["person"] = person, ["team"] = team, ["rank"] = rank });

    private static JsonObject Record(string model, long pk, JsonObject fields) => new() { ["model"] = $"made.{model}", ["pk"] = pk, ["fields"] = fields };

    private static async Task<IEnumerable<string>> FindAsync(JsonArray left, JsonArray right) =>
        (await CompareAsync(left, right)).Findings.Select(finding => finding.ToString());

    private static Task<ComparisonResult> CompareAsync(JsonArray left, JsonArray right) => BackupComparer.CompareAsync(
        Testing.Backup.FromJson(left.ToJsonString(), "left"), Testing.Backup.FromJson(right.ToJsonString(), "right"), new ComparisonOptions { Model = Model }, Cancel);
}

using Relocation.Testing.Importing.Records;
using Relocation.Testing.Tests.Comparing;
using Xunit;

namespace Relocation.Testing.Tests.Importing.Deciding;

/// <summary>What is decided about records from the backup alone.</summary>
public sealed class BackupDecisionTests
{
    private const string People = """
        {"model": "made.person", "pk": 5, "fields": {"boss": null, "name": "a"}},
        {"model": "made.person", "pk": 7, "fields": {"boss": 5, "name": "b"}},
        {"model": "made.person", "pk": 9, "fields": {"boss": 7, "name": "c"}}
        """;

    private static readonly RelocationEntity Person = Entities.Entity(
        "person", [Entities.Field("boss"), Entities.Field("name", FieldType.Text)], Entities.To("person", "boss"));

    [Fact]
    public async Task Scope_follows_a_reference_to_an_earlier_model_and_else_the_fields()
    {
        var person = Person with
        {
            Scopes = ["inner", "outer"],
            ScopeRule = new ScopeRule { WhenAnySet = ["boss"], Then = "inner", Otherwise = "outer" },
        };
        var pet = Entities.Entity("pet", [Entities.Field("owner")], Entities.To("person", "owner")) with
        {
            Scopes = ["inner", "outer"],
            ScopeRule = new ScopeRule { Follow = "owner", Then = "inner", Otherwise = "outer" },
        };
        await using var import = await MadeImport.OfAsync(
            RelocationModel.Create("made", [person, pet]),
            People + """
            , {"model": "made.pet", "pk": 1, "fields": {"owner": 7}}, {"model": "made.pet", "pk": 2, "fields": {"owner": 5}}
            , {"model": "made.pet", "pk": 3, "fields": {"owner": null}}
            """,
            new ImportOptions { Scope = ImportScope.Of("inner", "inner") });

        await import.DecideAsync();

        Assert.Equal([RecordState.OutOfScope, RecordState.Taken, RecordState.Taken], import.States("person"));
        Assert.Equal([RecordState.Taken, RecordState.OutOfScope, RecordState.OutOfScope], import.States("pet"));
        Assert.Equal((2, 2, 1), (import.Table("person").Taken, import.Table("person").InScope, import.Table("person").RankInScope(2)));
    }

    [Fact]
    public async Task Model_of_another_scope_is_left_out_whatever_its_records_hold()
    {
        await using var import = await MadeImport.OfAsync(
            RelocationModel.Create("made", [Person with { Scopes = ["outer"] }]),
            People,
            new ImportOptions { Scope = ImportScope.Of("inner", "inner") });

        await import.DecideAsync();

        Assert.All(import.States("person"), state => Assert.Equal(RecordState.OutOfScope, state));
    }

    [Fact]
    public async Task Filter_takes_along_what_cannot_do_without_a_record_and_counts_why()
    {
        var person = Person with { Fields = [Entities.Field("boss"), Entities.Field("name", FieldType.Text)] };
        var pet = Entities.Entity("pet", [Entities.Field("owner") with { IsNullable = false }], Entities.To("person", "owner"));
        var toy = Entities.Entity("toy", [Entities.Field("pet")], Entities.To("pet", "pet"));
        await using var import = await MadeImport.OfAsync(
            RelocationModel.Create("made", [person, pet, toy]),
            People + """
            , {"model": "made.pet", "pk": 1, "fields": {"owner": 7}}, {"model": "made.pet", "pk": 2, "fields": {"owner": 5}}
            , {"model": "made.toy", "pk": 1, "fields": {"pet": 1}}
            """,
            new ImportOptions
            {
                Models = new Dictionary<ModelLabel, ModelOptions> { [Person.Label] = new() { Filter = RecordFilter.In("name", "a", "z") } },
            });

        await import.DecideAsync();

        Assert.Equal([RecordState.Taken, RecordState.Filtered, RecordState.Filtered], import.States("person"));
        Assert.Equal([RecordState.Filtered, RecordState.Taken], import.States("pet"));
        Assert.Equal([RecordState.Taken], import.States("toy"));
        Assert.Equal(
            ["made.person filter on name 2", "made.pet needs made.person by owner 1"],
            import.Decisions.Filters.Counts.Select(count => $"{count.Model} {count.Reason} {count.Records}"));
        Assert.Single(import.Decisions.Filters.Unmatched);
    }

    [Fact]
    public async Task Type_is_the_labels_or_that_of_the_field_and_a_contradiction_is_a_problem()
    {
        var rows = new[] { "cat", "dog" }.Select(name => Entities.Entity(name, [Entities.Field("kind", FieldType.Text)])).ToList();
        var animal = Entities.Entity("animal", [Entities.Field("kind", FieldType.Text)]) with
        {
            TypeField = "kind",
            Types = [.. rows.Select(type => new RelocationType { Label = type.Label, Discriminator = $"\"{type.Table}\"", Rows = type })],
            Aliases = [.. rows.Select(type => type.Label)],
        };
        var model = RelocationModel.Create("made", [animal]);
        await using var good = await MadeImport.OfAsync(model, """
            {"model": "made.animal", "pk": 1, "fields": {"kind": "dog"}},
            {"model": "made.dog", "pk": 2, "fields": {}}, {"model": "made.cat", "pk": 3, "fields": {}}
            """);
        await using var bad = await MadeImport.OfAsync(model, """{"model": "made.dog", "pk": 2, "fields": {"kind": "cat"}}""");

        await good.DecideAsync();
        var refusal = await Assert.ThrowsAsync<ImportException>(bad.DecideAsync);

        Assert.Equal([1, 1, 0], Enumerable.Range(0, 3).Select(good.Table("animal").TypeOf));
        Assert.Equal(BackupProblemKind.WrongValue, Assert.Single(refusal.Problems).Kind);
    }
}

using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>A backup in several parts: later ones refer to records of earlier ones, and rules see what the model has no more.</summary>
public abstract class PartedImportSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task References_lead_to_records_of_an_earlier_part_or_nowhere()
    {
        var made = new Made(engine.Target.Engine);
        await using var database = await engine.ModelAsync(
            made.Entity("box", []), made.Entity("item", [made.Nullable("box")], Made.To("box", "box")));
        await database.ImportAsync(Made.Backup("box 5\nbox 6"), null, Cancel);
        var boxes = await database.ImportAsync(Made.Backup("box 7\nbox 9"), null, Cancel);
        var options = new ImportOptions { KnownKeys = boxes.Map };

        var items = await database.ImportAsync(Made.Backup("""
            item 1 {"box": 9}
            item 2 {"box": 7}
            item 3 {"box": null}
            """), options, Cancel);

        Assert.Equal("4\n3\nnull", await database.TextAsync("SELECT box FROM item ORDER BY id"));
        Assert.Equal(3, items.Map.Count);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Made.Backup("""item 4 {"box": 5}"""), options, Cancel));
        Assert.Equal(BackupProblemKind.UnresolvedReference, Assert.Single(refusal.Problems).Kind);
        Assert.Equal(1, refusal.Problems[0].Place.Ordinal);
    }

    [Fact]
    public async Task Rule_sees_raw_fields_of_known_and_unknown_models()
    {
        var made = new Made(engine.Target.Engine);
        await using var database = await engine.ModelAsync(made.Entity("item", [made.Nullable("size")]));
        var rule = new ReadingRule();

        await database.ImportAsync(
            Made.Backup("""
                gone 3 {"name": {"a": 1}, "other": 2}
                item 8 {"size": 1, "owner": 3}
                item 9 {"size": 2}
                """),
            new ImportOptions { Rules = [rule] },
            Cancel);

        Assert.Equal(["made.gone 3 {\"a\":1} absent", "made.item 8 absent 3", "made.item 9 absent absent"], rule.Seen.Order(StringComparer.Ordinal));
    }

    private sealed class ReadingRule : ImportRule
    {
        public override IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> RawFields { get; } = new Dictionary<ModelLabel, IReadOnlyList<string>>
        {
            [ModelLabel.Parse("made.gone")] = ["name"],
            [ModelLabel.Parse("made.item")] = ["owner"],
        };

        internal List<string> Seen { get; } = [];

        public override void Read(RawRecord record) =>
            Seen.Add($"{record.Model} {record.Key} {Shown(record["name"])} {Shown(record["owner"])}");

        private static string Shown(System.Text.Json.JsonElement? value) => value?.GetRawText() ?? "absent";
    }
}

using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Rules decide about records before they are written, and take part in the import as a whole.</summary>
public abstract class RecordRuleSpecification(DatabaseUnderTest engine)
{
    private static readonly ModelLabel User = ModelLabel.Parse("made.user");

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rule_decides_about_each_record_and_every_decision_is_accounted_for()
    {
        await using var database = await UsersAndNotesAsync();
        await database.RunAsync("INSERT INTO \"user\" (id, name) VALUES (7, 'bo'), (8, 'cy')");
        var options = new ImportOptions
        {
            UnresolvedReferences = UnresolvedReferencePolicy.Drop,
            KeepReferences = true,
            Models = Rules("user", new UserRule()),
        };

        var result = await database.ImportAsync(
            Made.Backup("""
                user 1 {"name": "ann"}
                user 2 {"name": "bo"}
                user 3 {"name": "cy", "rank": 5}
                user 4 {"name": "drop me"}
                user 5 {"name": "ann"}
                note 1 {"user": 1}
                note 2 {"user": 2}
                note 3 {"user": 3}
                note 4 {"user": 4}
                note 5 {"user": 5}
                """),
            options,
            Cancel);

        Assert.Equal("7|bo|null\n8|cy|5\n9|ann|40", await database.TextAsync("SELECT id, name, rank FROM \"user\" ORDER BY id"));
        Assert.Equal("1|9\n2|7\n3|8\n5|9", await database.TextAsync("SELECT id, \"user\" FROM note ORDER BY id"));
        var users = result.Models.Single(model => model.Model == User);
        Assert.Equal((1, 2, 1, 0, 1), (users.Inserted, users.Existing, users.Overwritten, users.Filtered, users.Dropped));
        Assert.Equal(
            [("made.user 4", "It asks for it.", 0), ("made.note 4", "It asks for it.", 1)],
            result.Dropped.Select(drop => ($"{drop.Place.Model} {drop.Place.Key}", drop.Rule!, drop.Causes.Count)));
        Assert.Equal(
            ["1 -> 9 Inserted", "2 -> 7 Existing", "3 -> 8 Overwrite", "5 -> 9 Existing"],
            result.Map.Of(User).Select(mapping => $"{mapping.Old} -> {mapping.New} {mapping.Kind}"));
    }

    private static Dictionary<ModelLabel, ModelOptions> Rules(string model, params RecordRule[] rules) =>
        new() { [ModelLabel.Parse($"made.{model}")] = new ModelOptions { Rules = rules } };

    private Task<TestDatabase> UsersAndNotesAsync() => engine.ModelAsync(
        _made.Entity("user", [_made.Field("name", FieldType.Text), _made.Nullable("rank")]),
        _made.Entity("note", [_made.Field("user")], Made.To("user", "user")));

    /// <summary>Merges with users of the same name, writes over the one with a rank, drops one, gives ranks to the rest.</summary>
    private sealed class UserRule : RecordRule
    {
        public override IReadOnlyList<string> Fields => ["name", "rank"];

        public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
        {
            var rows = await chunk.FindRowsAsync(["name"], ignoreCase: false, cancellationToken);
            var first = new Dictionary<object, ChunkRecord>();
            for (var i = 0; i < rows.Count; i++)
            {
                var record = chunk.Records[i];
                if (first.TryGetValue(record["name"]!, out var earlier))
                {
                    record.MapTo(earlier);
                    continue;
                }

                first.Add(record["name"]!, record);
                if (rows[i] is { } row && record.Has("rank"))
                {
                    record.Overwrite(row);
                }
                else if (rows[i] is { } same)
                {
                    record.MapTo(same);
                }
                else if (record["name"] is "drop me")
                {
                    record.Drop("It asks for it.");
                }
                else
                {
                    record["rank"] = 40;
                }
            }
        }
    }
}

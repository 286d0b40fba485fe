using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>What becomes of records whose references lead nowhere, as the import or the reference says.</summary>
public abstract class UnresolvedReferenceSpecification(DatabaseUnderTest engine)
{
    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drop_lists_the_chain_of_causes_and_leaves_gaps_where_dropped_records_would_have_been()
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("org", []),
            _made.Entity("team", [_made.Field("org")], Made.To("org", "org")),
            _made.Entity("member", [_made.Field("team")], Made.To("team", "team")),
            _made.Entity("note", [_made.Field("member")], Made.To("member", "member")));

        var result = await database.ImportAsync(
            Made.Backup("""
                org 1
                team 10 {"org": 9}
                team 11 {"org": 1}
                member 20 {"team": 10}
                member 21 {"team": 11}
                note 30 {"member": 20}
                note 31 {"member": 21}
                """),
            Dropping(),
            Cancel);

        Assert.Equal(
            [
                "made:1:42 /1 (made.team 10): made.team.org -> made.org 9 Absent",
                "made:1:140 /3 (made.member 20): made.member.team -> made.team 10 Dropped; made.team.org -> made.org 9 Absent",
                "made:1:246 /5 (made.note 30): made.note.member -> made.member 20 Dropped; made.member.team -> made.team 10 Dropped; "
                    + "made.team.org -> made.org 9 Absent",
            ],
            result.Dropped.Select(Describe));
        Assert.Equal([(1, 0), (1, 1), (1, 1), (1, 1)], result.Models.Select(model => ((int)model.Inserted, (int)model.Dropped)));
        Assert.Equal("1|1\n2|1", await database.TextAsync("SELECT 1, id FROM org UNION ALL SELECT id, org FROM team"));
        Assert.Equal("2|2\n2|2", await database.TextAsync("SELECT id, team FROM member UNION ALL SELECT id, member FROM note"));
    }

    [Fact]
    public async Task Drop_spreads_over_self_references_and_cycles_in_any_order()
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("node", [_made.Nullable("parent")], Made.To("node", "parent")),
            _made.Entity("left", [_made.Nullable("right"), _made.Nullable("node")], Made.To("right", "right"), Made.To("node", "node")),
            _made.Entity("right", [_made.Field("left")], Made.To("left", "left")));

        var result = await database.ImportAsync(
            Made.Backup("""
                node 3 {"parent": 2}
                node 2 {"parent": 1}
                node 1 {"parent": 99}
                node 4 {"parent": 5}
                node 5 {"parent": 5}
                left 1 {"right": 1}
                right 1 {"left": 1}
                left 2 {"right": 2, "node": 3}
                right 2 {"left": 2}
                """),
            Dropping(),
            Cancel);

        Assert.Equal(
            ["made.node 3", "made.node 2", "made.node 1", "made.left 2", "made.right 2"],
            result.Dropped.Select(drop => $"{drop.Place.Model} {drop.Place.Key}"));
        Assert.Equal([3, 2, 1, 4], result.Dropped.Take(4).Select(drop => drop.Causes.Count));
        Assert.Equal("4|5\n5|5", await database.TextAsync("SELECT id, parent FROM node ORDER BY id"));
        Assert.Equal("1|1|1|1", await database.TextAsync("SELECT l.id, l.\"right\", r.id, r.\"left\" FROM \"left\" l, \"right\" r"));
    }

    [Fact]
    public async Task SetNull_writes_the_record_without_the_reference_and_counts_it()
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("org", []),
            _made.Entity("team", [_made.Nullable("org"), _made.Nullable("other")], Made.To("org", "org"), Made.To("org", "other")));

        var result = await database.ImportAsync(
            Made.Backup("""
                org 5
                team 1 {"org": 9, "other": 5}
                team 2 {"org": 5, "other": 8}
                """),
            new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.SetNull, KeepReferences = true },
            Cancel);

        Assert.Equal("1|null|1\n2|1|null", await database.TextAsync("SELECT id, org, other FROM team ORDER BY id"));
        Assert.Equal((2, 0, 2), Counts(result, "team"));
        Assert.Equal(["other"], result.Map.ReferencesOf(ModelLabel.Parse("made.team"), RecordKey.From(1)).Select(reference => reference.Name));
    }

    [Fact]
    public async Task SetNull_is_refused_where_the_column_takes_none()
    {
        await using var database = await engine.ModelAsync(_made.Entity("org", []), _made.Entity("team", [_made.Field("org")], Made.To("org", "org")));
        var before = await engine.StateAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("""team 1 {"org": 9}"""), new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.SetNull }, Cancel));

        Assert.EndsWith("It cannot be set to null, as its column takes none.", refusal.Problems.Single().Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Policy_of_a_reference_goes_before_that_of_the_import()
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("org", []),
            _made.Entity("team", [_made.Field("org")], Made.To("org", "org", UnresolvedReferencePolicy.Drop)),
            _made.Entity("note", [_made.Nullable("team")], Made.To("team", "team", UnresolvedReferencePolicy.SetNull)),
            _made.Entity("key", [_made.Field("org")], Made.To("org", "org", UnresolvedReferencePolicy.Fail)));

        var result = await database.ImportAsync(
            Made.Backup("""
                team 1 {"org": 9}
                note 1 {"team": 1}
                """),
            null,
            Cancel);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Made.Backup("""key 1 {"org": 9}"""), Dropping(), Cancel));

        Assert.Equal((0, 1, 0), Counts(result, "team"));
        Assert.Equal((1, 0, 1), Counts(result, "note"));
        Assert.Equal("/0/fields/org", refusal.Problems.Single().Place.Pointer);
    }

    [Fact]
    public async Task Record_out_of_scope_is_told_from_one_that_is_absent()
    {
        var global = new RelocationEntity
        {
            Label = ModelLabel.Parse("made.role"),
            Table = "role",
            Key = _made.Key(FieldType.Integer),
            Fields = [],
            Scopes = ["Global"],
        };
        await using var database = await engine.ModelAsync(global, _made.Entity("user", [_made.Nullable("role")], Made.To("role", "role")));
        var backup = Made.Backup("""
            role 1
            user 1 {"role": 1}
            user 2
            """);
        var scope = ImportScope.Of("users", "User");

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(backup, new ImportOptions { Scope = scope }, Cancel));
        var result = await database.ImportAsync(
            backup, new ImportOptions { Scope = scope, UnresolvedReferences = UnresolvedReferencePolicy.Drop }, Cancel);

        Assert.Contains("which the import's scope leaves out", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(DropReason.OutOfScope, result.Dropped.Single().Causes.Single().Reason);
        Assert.Equal(1, result.Models.Single(model => model.Model.Value == "made.role").OutOfScope);
    }

    private static ImportOptions Dropping() => new() { UnresolvedReferences = UnresolvedReferencePolicy.Drop };

    private static string Describe(DroppedRecord drop) => $"{drop.Place}: " + string.Join(
        "; ", drop.Causes.Select(cause => $"{cause.Model}.{cause.Reference} -> {cause.Target} {cause.TargetKey} {cause.Reason}"));

    private static (int Inserted, int Dropped, int SetToNull) Counts(ImportResult result, string model)
    {
        var counts = result.Models.Single(counts => counts.Model.Value == $"made.{model}");
        return ((int)counts.Inserted, (int)counts.Dropped, (int)counts.ReferencesSetToNull);
    }
}

using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Tests.Comparing;
using Xunit;

namespace Relocation.Testing.Tests.Importing.Deciding;

/// <summary>What is decided about records with the database at hand, and the pk map that follows from all decisions.</summary>
public sealed class DatabaseDecisionTests
{
    private static readonly RelocationField Name = Entities.Field("name", FieldType.Text);

    [Fact]
    public async Task New_keys_follow_the_highest_key_and_drops_leave_gaps_with_the_chain_of_their_causes()
    {
        var person = Entities.Entity("person", [Entities.Field("boss")], Entities.To("person", "boss"));
        await using var import = await MadeImport.OfAsync(
            RelocationModel.Create("made", [person]),
            """
            {"model": "made.person", "pk": 1, "fields": {"boss": 2}}, {"model": "made.person", "pk": 2, "fields": {"boss": 99}},
            {"model": "made.person", "pk": 3, "fields": {"boss": null}}, {"model": "made.person", "pk": 4, "fields": {"boss": 3}}
            """,
            new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.Drop });

        await import.DecideAsync(new MadeTransaction { HighestKeys = { ["person"] = 10 } });

        Assert.Equal([null, null, "13", "14"], import.NewKeys("person"));
        Assert.Equal(
            ["Dropped 2", "Absent 99"],
            import.Decisions.Drops.ChainOf(new RecordRank(person.Label, 0)).Select(cause => $"{cause.Reason} {cause.TargetKey}"));
        Assert.Equal(["3 -> 13", "4 -> 14"], Entries(import, "person"));
    }

    [Fact]
    public async Task Reference_to_a_kept_key_may_lead_to_a_row_of_the_database()
    {
        var country = Entities.Entity("country", []) with { Key = KeptKey() };
        var person = Entities.Entity("person", [Entities.Field("country", FieldType.Text)], Entities.To("country", "country"));
        await using var import = await MadeImport.OfAsync(
            RelocationModel.Create("made", [country, person]),
            """
            {"model": "made.person", "pk": 1, "fields": {"country": "ch"}}, {"model": "made.person", "pk": 2, "fields": {"country": "xx"}}
            """,
            new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.Drop });

        await import.DecideAsync(new MadeTransaction { Keys = { "country \"ch\"" } });

        Assert.Equal([RecordState.Taken, RecordState.Dropped], import.States("person"));
        Assert.True(import.Table("country").IsInDatabase(RecordKey.From("ch")));
    }

    [Theory]
    [InlineData(CollisionPolicy.Merge, "7,11", "Existing,Inserted", null)]
    [InlineData(CollisionPolicy.Overwrite, "7,11", "Overwrite,Inserted", null)]
    [InlineData(CollisionPolicy.Suffix, "10,11", "Inserted,Inserted", "suffixed,kept")]
    public async Task Record_whose_unique_value_is_taken_becomes_what_the_policy_says(
        CollisionPolicy policy, string keys, string kinds, string? choices)
    {
        var tag = Entities.Entity("tag", [Name]) with { Uniques = [new UniqueSet { Fields = ["name"] }], OnCollision = policy };
        await using var import = await MadeImport.OfAsync(
            RelocationModel.Create("made", [tag]),
            """{"model": "made.tag", "pk": 1, "fields": {"name": "red"}}, {"model": "made.tag", "pk": 2, "fields": {"name": "blue"}}""");
        var transaction = new MadeTransaction { HighestKeys = { ["tag"] = 9 }, Rows = { ["tag red"] = RecordKey.From(7) } };

        await import.DecideAsync(transaction);

        var map = import.Context.Tables.ToMap(import.Table("tag"));
        Assert.Equal(keys, string.Join(',', import.NewKeys("tag")));
        Assert.Equal(kinds, string.Join(',', Enumerable.Range(0, map.Count).Select(map.KindAt)));
        Assert.Equal(choices, map.References is [var shown] ? string.Join(',', shown.OldKeys.Select(key => key?.AsText())) : null);
        Assert.Equal(policy == CollisionPolicy.Suffix ? 2 : 1, transaction.Done.Count);
    }

    [Fact]
    public async Task Two_records_of_one_unique_value_collide_with_each_other()
    {
        var tag = Entities.Entity("tag", [Name]) with { Uniques = [new UniqueSet { Fields = ["name"] }], OnCollision = CollisionPolicy.Merge };
        await using var import = await MadeImport.OfAsync(
            RelocationModel.Create("made", [tag]),
            """{"model": "made.tag", "pk": 1, "fields": {"name": "red"}}, {"model": "made.tag", "pk": 2, "fields": {"name": "red"}}""");

        await import.DecideAsync(new MadeTransaction());

        Assert.Equal(["1", "1"], import.NewKeys("tag"));
        Assert.Equal([RecordState.Taken, RecordState.Existing], import.States("tag"));
    }

    [Fact]
    public async Task Model_that_waits_is_decided_about_once_its_turn_has_come()
    {
        var rule = new RefusingRule();
        var tag = Entities.Entity("tag", [Name]) with
        {
            Rules = [rule],
            Uniques = [new UniqueSet { Fields = ["name"] }],
            OnCollision = CollisionPolicy.Suffix,
        };
        var note = Entities.Entity("note", [Entities.Field("tag")], Entities.To("tag", "tag"));
        await using var import = await MadeImport.OfAsync(
            RelocationModel.Create("made", [tag, note]),
            """
            {"model": "made.tag", "pk": 1, "fields": {"name": "red"}}, {"model": "made.note", "pk": 1, "fields": {"tag": 1}}
            """);
        var transaction = new MadeTransaction { Rows = { ["tag red"] = RecordKey.From(7) } };
        await import.DecideAsync(transaction);
        Assert.Equal((0, 0), (rule.Asked, transaction.Done.Count));
        Assert.True(import.Decisions.IsLate(import.Table("tag")));

        transaction.HighestKeys["tag"] = 5;
        await import.Decisions.DecideLateAsync(import.Table("tag"), TestContext.Current.CancellationToken);

        Assert.Equal(1, rule.Asked);
        Assert.False(import.Decisions.IsLate(import.Table("tag")));
        Assert.Equal(["6"], import.NewKeys("tag"));
        Assert.Equal("read marks again", transaction.Done[0]);
        Assert.Equal("suffixed", Assert.Single(Assert.Single(import.Context.Tables.ToMap(import.Table("tag")).References).OldKeys)?.AsText());
    }

    [Fact]
    public async Task Map_of_records_that_all_found_rows_shares_their_old_keys_with_the_index()
    {
        var tag = Entities.Entity("tag", [Name]);
        await using var import = await MadeImport.OfAsync(RelocationModel.Create("made", [tag]), """{"model": "made.tag", "pk": 4, "fields": {}}""");
        await import.DecideAsync(new MadeTransaction());

        var whole = import.Context.Tables.ToMap(import.Table("tag"));
        import.Table("tag").Show("shown", tag.Label).OldKeys[0] = RecordKey.From(8);
        import.Table("tag").Exclude(0, RecordState.Dropped);
        var none = import.Context.Tables.ToMap(import.Table("tag"));

        Assert.Same(import.Table("tag").Records.Keys, whole.Old);
        Assert.Equal(1, whole.Count);
        Assert.Equal((0, 0), (none.Count, none.Old.Count));
        Assert.Empty(Assert.Single(none.References).OldKeys);
    }

    private static RelocationKey KeptKey() => new()
    {
        Fields = [Entities.Field("id", FieldType.Text) with { IsNullable = false }],
        Policy = KeyPolicy.Preserve,
    };

    private static IEnumerable<string> Entries(MadeImport import, string model)
    {
        var keys = import.Context.Tables.ToMap(import.Table(model));
        return Enumerable.Range(0, keys.Count).Select(index => $"{keys.Old[index]} -> {keys.New[index]}");
    }

    private sealed class RefusingRule : RecordRule
    {
        internal int Asked { get; private set; }

        public override bool WaitsForRows => true;

        public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
        {
            Asked += chunk.Records.Count;
            return Task.CompletedTask;
        }
    }
}

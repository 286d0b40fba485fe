using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Filters take some records of a model, and leave out those that cannot do without what is left out.</summary>
public abstract class FilterSpecification(DatabaseUnderTest engine)
{
    private static readonly ModelLabel User = ModelLabel.Parse("made.user");

    private static readonly Backup People = Made.Backup("""
        user 1 {"name": "ann"}
        user 2 {"name": "bo"}
        user 3 {"name": "cy"}
        note 1 {"user": 1}
        note 2 {"user": 2}
        note 3 {"user": 3, "reader": 2}
        reply 1 {"note": 2}
        reply 2 {"note": 3}
        """);

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filter_takes_the_records_that_match_and_what_depends_on_them()
    {
        await using var database = await PeopleAsync();

        var result = await database.ImportAsync(
            People, Options(RecordFilter.In("name", "ann", "cy"), UnresolvedReferencePolicy.SetNull), Cancel);

        Assert.Equal("1|ann\n2|cy", await database.TextAsync("SELECT id, name FROM \"user\" ORDER BY id"));
        Assert.Equal("1|1|null\n2|2|null", await database.TextAsync("SELECT id, \"user\", reader FROM note ORDER BY id"));
        Assert.Equal("1|2", await database.TextAsync("SELECT id, note FROM reply"));
        Assert.Equal(
            ["made.user 1 filter on name", "made.note 1 needs made.user by user", "made.reply 1 needs made.note by note"],
            result.Filtered.Select(filtered => $"{filtered.Model} {filtered.Records} {filtered.Reason}"));
        Assert.All(result.Models, model => Assert.Equal(1, model.Filtered));
        Assert.All(result.Models, model => Assert.Equal(
            model.Records, model.Inserted + model.Existing + model.Overwritten + model.OutOfScope + model.Dropped + model.Filtered));
        Assert.Empty(result.Dropped);
    }

    [Fact]
    public async Task Reference_that_could_be_null_to_a_record_left_out_is_unresolved()
    {
        await using var database = await PeopleAsync();
        var filter = RecordFilter.In("name", "ann", "cy");

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(People, Options(filter, null), Cancel));
        var result = await database.ImportAsync(People, Options(filter, UnresolvedReferencePolicy.Drop), Cancel);

        Assert.Contains("which a filter leaves out", refusal.Problems.Single().Message, StringComparison.Ordinal);
        Assert.Equal(DropReason.Filtered, result.Dropped[0].Causes.Single().Reason);
        Assert.Equal(["made.note 3", "made.reply 2"], result.Dropped.Select(drop => $"{drop.Place.Model} {drop.Place.Key}"));
    }

    [Fact]
    public async Task Empty_filter_takes_nothing_and_no_filter_takes_all()
    {
        await using var database = await PeopleAsync();

        var none = await database.ImportAsync(People, Options(RecordFilter.In("name", Array.Empty<string>()), null), Cancel);
        var all = await database.ImportAsync(People, new ImportOptions(), Cancel);

        Assert.Equal((0, 8), (none.Map.Count, none.Models.Sum(model => model.Filtered)));
        Assert.Equal((8, 0), (all.Map.Count, all.Models.Sum(model => model.Filtered)));
    }

    [Fact]
    public async Task Filter_may_look_at_keys_and_at_several_fields()
    {
        await using var database = await PeopleAsync();

        var byKey = await database.ImportAsync(People, Options(RecordFilter.In("id", 3), UnresolvedReferencePolicy.SetNull), Cancel);
        var byBoth = await database.ImportAsync(
            People,
            Options(RecordFilter.Where(["name", "id"], record => record["name"] is "bo" || record["id"] is 1L), UnresolvedReferencePolicy.SetNull),
            Cancel);

        Assert.Equal(["3"], byKey.Map.SourceKeys(User).Select(key => key.ToString()));
        Assert.Equal(["1", "2"], byBoth.Map.SourceKeys(User).Select(key => key.ToString()));
    }

    [Fact]
    public async Task Filter_may_look_at_keys_alone()
    {
        await using var database = await PeopleAsync();

        var result = await database.ImportAsync(
            People, Options(RecordFilter.Where([], record => record.Key.AsInteger() == 2), UnresolvedReferencePolicy.SetNull), Cancel);

        Assert.Equal(["2"], result.Map.SourceKeys(User).Select(key => key.ToString()));
        Assert.Equal("filter on keys", result.Filtered.First(filtered => filtered.Model == User).Reason);
        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task Moment_that_no_clock_shows_is_refused_with_its_place_though_a_filter_looks_at_it()
    {
        await using var database = await engine.ModelAsync(_made.Entity("visit", [_made.Field("at", FieldType.Instant)]));
        var options = new ImportOptions
        {
            Models = new Dictionary<ModelLabel, ModelOptions>
            {
                [ModelLabel.Parse("made.visit")] = new() { Filter = RecordFilter.Where(["at"], record => record["at"] is null or DateTimeOffset) },
            },
        };

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Made.Backup("""visit 1 {"at":"2024-01-01T00:00:00+14:30"}"""), options, Cancel));
        var result = await database.ImportAsync(Made.Backup("""visit 1 {"at":"2024-01-01T00:00:00+14:00"}"""), options, Cancel);

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal((BackupProblemKind.WrongValue, "/0/fields/at"), (problem.Kind, problem.Place.Pointer));
        Assert.Equal(1, result.Map.Count);
    }

    [Fact]
    public async Task Import_rule_chooses_by_the_records_of_other_models()
    {
        await using var database = await PeopleAsync();

        var result = await database.ImportAsync(
            People, new ImportOptions { Rules = [new AuthorsOfReplies()], UnresolvedReferences = UnresolvedReferencePolicy.SetNull }, Cancel);

        Assert.Equal("bo\ncy", await database.TextAsync("SELECT name FROM \"user\" ORDER BY id"));
        Assert.Equal(["made.user: nobody replied", "made.note: needs made.user by user"], result.Filtered.Select(filtered => $"{filtered.Model}: {filtered.Reason}"));
    }

    private static ImportOptions Options(RecordFilter filter, UnresolvedReferencePolicy? policy) => new()
    {
        Models = new Dictionary<ModelLabel, ModelOptions> { [User] = new() { Filter = filter } },
        UnresolvedReferences = policy ?? UnresolvedReferencePolicy.Fail,
    };

    private Task<TestDatabase> PeopleAsync() => engine.ModelAsync(
        _made.Entity("user", [_made.Field("name", FieldType.Text)]),
        _made.Entity("note", [_made.Field("user"), _made.Nullable("reader")], Made.To("user", "user"), Made.To("user", "reader")),
        _made.Entity("reply", [_made.Field("note")], Made.To("note", "note")));

    /// <summary>Takes the users whose notes somebody replied to.</summary>
    private sealed class AuthorsOfReplies : ImportRule
    {
        private static readonly ModelLabel Note = ModelLabel.Parse("made.note");
        private static readonly ModelLabel Reply = ModelLabel.Parse("made.reply");

        public override IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> Fields => new Dictionary<ModelLabel, IReadOnlyList<string>>
        {
            [Note] = ["user"],
            [Reply] = ["note"],
        };

        public override void Choose(RecordSelection selection)
        {
            var replied = selection.Of(Reply).Select(reply => (long)reply["note"]!).ToHashSet();
            var authors = selection.Of(Note).Where(note => replied.Contains(note.Key.AsInteger())).Select(note => (long)note["user"]!).ToHashSet();
            foreach (var user in selection.Of(User).Where(user => !authors.Contains(user.Key.AsInteger())))
            {
                user.LeaveOut("nobody replied");
            }
        }
    }
}

using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>What event saving refuses, and that nothing is left of it.</summary>
public abstract class EventRefusalSpecification(DatabaseUnderTest engine)
{
    private static readonly EventWriterOptions Assumed = new() { Clock = Clock, AssumeNormalized = true };

    [Fact]
    public async Task Unknown_project_is_refused()
    {
        await using var database = await engine.SentryEventsAsync();

        await RefusedAsync(database, "project 99", () => database.SaveAsync(Message("x"), project: 99));
    }

    [Theory]
    [InlineData("key_id", "\"seven\"", "/key_id")]
    [InlineData("event_id", "null", "/event_id")]
    [InlineData("event_id", "\"0123456789012345678901234567890123\"", "/event_id")]
    [InlineData("timestamp", "\"yesterday\"", "/timestamp")]
    [InlineData("timestamp", "-5", "/timestamp")]
    [InlineData("logger", "\"01234567890123456789012345678901234567890123456789012345678901234\"", "/logger")]
    [InlineData("platform", "\"01234567890123456789012345678901234567890123456789012345678901234\"", "/platform")]
    [InlineData("environment", "\"01234567890123456789012345678901234567890123456789012345678901234\"", "/environment")]
    [InlineData("dist", "\"01234567890123456789012345678901234567890123456789012345678901234\"", "/dist")]
    [InlineData("type", "\"012345678901234567890123456789012\"", "/type")]
    [Parity("addendum", "E-56")]
    public async Task Value_that_normalising_would_have_repaired_is_refused(string name, string value, string pointer)
    {
        await using var database = await engine.SentryEventsAsync();
        var data = Message("x", 0, ("event_id", Id(1)), ("level", "error"), ("type", "default"), ("release", "1.0"), (name, JsonNode.Parse(value)));

        var refusal = await RefusedAsync(database, $"'{name}'", () => database.SaveAsync(data, options: Assumed));

        Assert.Equal((pointer, 0), (refusal.Pointer, refusal.Index));
    }

    [Fact]
    public async Task Half_a_character_is_refused()
    {
        await using var database = await engine.SentryEventsAsync();

        await RefusedAsync(database, "half of a character", () => database.SaveAsync(JsonNode.Parse("""{"message": "x \ud800 y"}""")!.AsObject()));
    }

    [Theory]
    [InlineData("""{"event_id": "00000000000000000000000000000001", "message": "x", "extra": {"deep": ["\ud800"]}}""", "half of a character")]
    [InlineData("""{"event_id": "00000000000000000000000000000001", "message": "x", "contexts": {"os": {"name": "\udfff", "version": "1"}}}""", "half of a character")]
    [InlineData("""{"event_id": "00000000000000000000000000000001", "message": "x", "extra": {"\ud800": 1}}""", "half of a character")]
    [InlineData("""{"message": "x", "message": "secret"}""", "more than once")]
    [InlineData("""{"message": "x", "user": {"id": "secret", "id": "secret"}}""", "more than once")]
    public async Task Text_that_is_no_event_is_refused_wherever_it_stands(string text, string part)
    {
        await using var database = await engine.SentryEventsAsync();

        var refusal = await RefusedAsync(database, part, () => database.SaveAsync(JsonNode.Parse(text)!.AsObject()));

        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_code_puts_into_an_event_and_JSON_does_not_hold_is_refused()
    {
        await using var database = await engine.SentryEventsAsync();
        JsonNode deep = 1;
        for (var depth = 0; depth < 1500; depth++)
        {
            deep = new JsonArray(deep);
        }

        await RefusedAsync(database, "not be written as JSON", () => database.SaveAsync(Message("x", 0, ("event_id", Id(1)), ("extra", new JsonObject { ["a"] = double.NaN }))));
        await RefusedAsync(database, "not be written as JSON", () => database.SaveAsync(Message("x", 0, ("event_id", Id(1)), ("extra", new JsonObject { ["a"] = deep }))));
        await RefusedAsync(database, "not be written as JSON", () => database.SaveAsync(Message("x", 0, ("extra", new JsonObject { ["a"] = float.PositiveInfinity }))));
    }

    [Fact]
    public async Task Attachment_whose_type_no_column_holds_is_refused()
    {
        await using var database = await engine.SentryEventsAsync();
        var file = new EventAttachment { Name = "a.txt", Content = new byte[] { 65 }, Type = new string('t', 65) };

        await RefusedAsync(database, "'type' of an attachment", () => database.SaveManyAsync([new EventInput(Shop, Message("x")) { Attachments = [file] }]));
    }

    [Fact]
    public async Task Event_that_comes_twice_as_one_object_is_refused()
    {
        await using var database = await engine.SentryEventsAsync();
        var data = Message("x");
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<EventRefusedException>(() => database.SaveManyAsync([new EventInput(Shop, data), new EventInput(Blog, data)]));

        Assert.Equal(1, refusal.Index);
        Assert.Contains("same object", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    [Parity("addendum", "E-22")]
    [Parity("addendum", "E-57")]
    public void What_is_left_out_is_refused_by_its_name()
    {
        Assert.All(EventWriter.LeftOut, feature =>
        {
            var refusal = Assert.Throws<NotSupportedException>(() => new EventWriter(engine.Target.Engine, new EventWriterOptions { With = [feature.Name] }));
            Assert.Contains($"'{feature.Name}'", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(feature.Reason, refusal.Message, StringComparison.Ordinal);
        });
        Assert.Equal(EventWriter.LeftOut.Select(feature => feature.Name).Order(StringComparer.Ordinal).Distinct(), EventWriter.LeftOut.Select(feature => feature.Name));
        Assert.Superset(
            new HashSet<string>(
            [
                "geo-lookup", "browser-and-device-contexts", "measurements", "breakdowns", "performance-scores", "span-tags", "device-class", "debug-images",
                "data-bag-trimming", "quotas", "outcomes", "metrics", "time-series", "seer-similarity", "severity", "dynamic-sampling", "performance-problems",
                "background-grouping", "grouping-upgrade", "hierarchical-grouping", "integration-sync", "signals", "reprocessing", "alert-rule-activation",
                "first-event-receivers",
            ]),
            EventWriter.LeftOut.Select(feature => feature.Name).ToHashSet());
        Assert.Contains(
            "'pigeons'",
            Assert.Throws<ArgumentException>(() => new EventWriter(engine.Target.Engine, new EventWriterOptions { With = ["pigeons"] })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_version_is_refused() =>
        Assert.Throws<ArgumentException>(() => new EventWriter(engine.Target.Engine, new EventWriterOptions { Version = "1.0" }));

    [Fact]
    public async Task No_events_are_no_work()
    {
        await using var database = await engine.SentryEventsAsync();
        var before = await engine.StateAsync(database);

        Assert.Empty(await database.SaveManyAsync([]));

        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    [Parity("addendum", "E-54")]
    [Parity("addendum", "E-55")]
    [Parity("addendum", "E-56")]
    public void Tables_are_called_as_the_application_calls_them_and_constrain_what_it_constrains()
    {
        var model = SentryModel.Create(engine.Target.Engine, SentryTables.Events);

        Assert.Equal(
            "nodestore_node sentry_projectcounter sentry_environmentrelease sentry_release_project sentry_groupedmessage",
            string.Join(' ', ((string[])["nodestore.node", "sentry.counter", "sentry.releaseenvironment", "sentry.releaseproject", "sentry.group"])
                .Select(label => model.Find(ModelLabel.Parse(label))!.Table)));
        foreach (var label in (string[])["sentry.groupenvironment", "sentry.releaseenvironment", "sentry.grouplink"])
        {
            Assert.All(model.Find(ModelLabel.Parse(label))!.References, reference => Assert.False(reference.HasConstraint));
        }

        var group = model.Find(ModelLabel.Parse("sentry.group"))!;
        Assert.DoesNotContain(group.Checks.Keys, name => name.Contains("substatus", StringComparison.Ordinal));
        Assert.True(model.Find(ModelLabel.Parse("sentry.grouphash"))!.Fields.Single(field => field.Name == "project").IsNullable);
        Assert.Contains(group.Indexes, fields => fields.SequenceEqual(["project", "status", "substatus", "id"]));
    }

    [Fact]
    public async Task Missing_tables_are_made_beside_imported_ones_and_told_of_where_they_are_not()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions { Target = engine.Target, Model = SentryModel.CreateForImport(engine.Target.Engine), Schema = SchemaSource.FromModel },
            TestContext.Current.CancellationToken);
        await database.ImportAsync(new SentryRecords().Organization(7, "acme").Project(11, 7, "shop").Backup, SentryScopes.Organization);

        var missing = await Assert.ThrowsAsync<DatabaseException>(() => database.SaveAsync(Message("x", 0, ("release", "1.0"))));
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var made = await SchemaSource.CreateMissingTablesAsync(connection, database.Writer().Model, database.Engine, TestContext.Current.CancellationToken);
        var saved = await database.SaveAsync(Message("x", 0, ("release", "1.0")));

        Assert.Contains("sentry_release", missing.Message, StringComparison.Ordinal);
        Assert.Contains("event_stream", made);
        Assert.Equal(EventOutcome.Saved, saved.Outcome);
    }

    private async Task<EventRefusedException> RefusedAsync(TestDatabase database, string part, Func<Task> save)
    {
        var before = await engine.FingerprintAsync(database);
        var refusal = await Assert.ThrowsAsync<EventRefusedException>(save);
        Assert.StartsWith("Event 1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
        return refusal;
    }
}

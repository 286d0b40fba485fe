using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Specification;
using Xunit;

namespace Relocation.Testing.Tests.Sanitizing;

/// <summary>Dates move with the person that they belong to.</summary>
[Case("sanitize-dates")]
public sealed class PersonDateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_persons_dates_move_by_an_offset_of_its_own_which_is_never_none()
    {
        var path = Repository.Shared("cases", "sanitize-dates", "birth-dates.json");
        var customer = Entity("shop.customer", FieldType.Guid, [Field("name"), Field("email"), Field("birth_date", FieldType.Date), Field("status"), Field("created_at", FieldType.Instant)]);
        var model = RelocationModel.Create("shop", [customer]);
        var original = JsonElement.Parse(await File.ReadAllTextAsync(path, Cancel)).EnumerateArray().Select(record => record.GetProperty("fields")).ToList();
        var options = new SanitizeOptions { Model = model, Seed = "s" };

        using var stream = new MemoryStream();
        var result = await BackupSanitizer.SanitizeAsync(Backup.FromFile(path), BackupDestination.ToStream(stream), options, Cancel);

        var sanitised = JsonElement.Parse(stream.ToArray()).EnumerateArray().Select(record => record.GetProperty("fields")).ToList();
        var moved = original.Zip(sanitised).Select(pair => (Born: Days(pair.First, pair.Second, "birth_date"), Created: Days(pair.First, pair.Second, "created_at"))).ToList();
        Assert.All(moved, days => Assert.Equal(days.Born, days.Created));
        Assert.All(moved, days => Assert.InRange(Math.Abs(days.Born), 1, 180));
        Assert.InRange(moved.Select(days => days.Born).Distinct().Count(), Math.Min(20, original.Count / 2), original.Count);
        Assert.Equal(original.Count, result.Replaced[(customer.Label, "birth_date")]);
        Assert.All(sanitised, fields => Assert.EndsWith("T00:00:00Z", fields.GetProperty("created_at").GetString(), StringComparison.Ordinal));
        var audit = await LeakAudit.RunAsync(Backup.FromFile(path), Backup.FromUtf8(stream.ToArray()), new LeakAuditOptions { Model = model }, Cancel);
        Assert.Empty(audit.Findings);
    }

    [Fact]
    public async Task Records_that_refer_to_a_person_move_as_the_person_does_over_any_number_of_records()
    {
        var model = RelocationModel.Create("shop",
        [
            Entity("shop.customer", FieldType.Integer, [Field("first_name"), Field("joined_on", FieldType.Date)]),
            Entity("shop.profile", FieldType.Integer, [Field("customer", FieldType.Integer), Field("bio"), Field("changed_on", FieldType.Date)], ("customer", "shop.customer")) with
            {
                Uniques = [new UniqueSet { Fields = ["customer"] }],
            },
            Entity("shop.order", FieldType.Integer, [Field("customer", FieldType.Integer), Field("placed_at", FieldType.Instant), Field("shipped_at", FieldType.Instant)], ("customer", "shop.customer")),
            Entity("shop.line", FieldType.Integer, [Field("order", FieldType.Integer), Field("picked_on", FieldType.DateTime)], ("order", "shop.order")),
            Entity("shop.price", FieldType.Integer, [Field("valid_from", FieldType.Date)]),
        ]);
        var text = await Sanitized.TextAsync(
            Backup.FromJson("""
                [{"model": "shop.line", "pk": 8, "fields": {"order": 5, "picked_on": "2024-03-01 10:00"}},
                 {"model": "shop.order", "pk": 5, "fields": {"customer": 2, "placed_at": "2024-03-01T09:00:00.5+05:00", "shipped_at": null}},
                 {"model": "shop.customer", "pk": 1, "fields": {"first_name": "Ada", "joined_on": "2024-03-01"}},
                 {"model": "shop.customer", "pk": 2, "fields": {"first_name": "Bob", "joined_on": "2024-03-01"}},
                 {"model": "shop.profile", "pk": 2, "fields": {"customer": 2, "bio": "", "changed_on": "2024-03-01"}},
                 {"model": "shop.price", "pk": 1, "fields": {"valid_from": "2024-03-01"}},
                 {"model": "shop.price", "pk": 2, "fields": {"valid_from": "2024-03-03"}},
                 {"model": "shop.price", "pk": 3, "fields": {"valid_from": "2024-06-01"}}]
                """),
            new SanitizeOptions { Model = model, Seed = "some seed" });

        var records = JsonElement.Parse(text).EnumerateArray().ToDictionary(
            record => $"{record.GetProperty("model")} {record.GetProperty("pk")}", record => record.GetProperty("fields"));
        var bob = records["shop.customer 2"].GetProperty("joined_on").GetString()!;
        Assert.NotEqual(records["shop.customer 1"].GetProperty("joined_on").GetString(), bob);
        Assert.Equal(bob, records["shop.profile 2"].GetProperty("changed_on").GetString());
        Assert.Equal($"{bob}T09:00:00.5+05:00", records["shop.order 5"].GetProperty("placed_at").GetString());
        Assert.Equal($"{bob} 10:00", records["shop.line 8"].GetProperty("picked_on").GetString());
        string[] prices = [.. Enumerable.Range(1, 3).Select(price => records[$"shop.price {price}"].GetProperty("valid_from").GetString()!)];
        Assert.Equal(prices.Order(StringComparer.Ordinal).Distinct(), prices);
        Assert.All(prices.Zip(["2024-03-01", "2024-03-03", "2024-06-01"]), price => Assert.NotEqual(price.Second, price.First));
    }

    [Fact]
    public async Task Order_that_names_its_recipient_moves_as_its_customer_does()
    {
        var model = RelocationModel.Create("shop",
        [
            Entity("shop.customer", FieldType.Integer, [Field("first_name"), Field("joined_on", FieldType.Date)]),
            Entity("shop.order", FieldType.Integer, [Field("customer", FieldType.Integer), Field("recipient_name"), Field("placed_on", FieldType.Date)], ("customer", "shop.customer")),
            Entity("shop.booking", FieldType.Integer, [Field("guest_name"), Field("from_day", FieldType.Date)]),
            Entity("shop.meal", FieldType.Integer, [Field("booking", FieldType.Integer), Field("on_day", FieldType.Date)], ("booking", "shop.booking")),
        ]);
        var records = Enumerable.Range(1, 5).Select(i => $$$"""
            {"model": "shop.customer", "pk": {{{i}}}, "fields": {"first_name": "Ada", "joined_on": "2024-03-01"}},
            {"model": "shop.order", "pk": {{{i + 10}}}, "fields": {"customer": {{{i}}}, "recipient_name": "Ben", "placed_on": "2024-03-01"}},
            {"model": "shop.booking", "pk": {{{i + 20}}}, "fields": {"guest_name": "Eve", "from_day": "2024-03-01"}},
            {"model": "shop.meal", "pk": {{{i + 30}}}, "fields": {"booking": {{{i + 20}}}, "on_day": "2024-03-01"}}
            """);

        var text = await Sanitized.TextAsync(Backup.FromJson($"[{string.Join(',', records)}]"), new SanitizeOptions { Model = model, Seed = "s" });

        var days = JsonElement.Parse(text).EnumerateArray().Select(record => record.GetProperty("fields").EnumerateObject().Last().Value.GetString()!).Chunk(4).ToList();
        Assert.All(days, four => Assert.Equal((four[0], four[2]), (four[1], four[3])));
        Assert.InRange(days.SelectMany(four => new[] { four[0], four[2] }).Distinct().Count(), 6, 10);
    }

    [Fact]
    public async Task Dates_that_are_unique_stay_so_in_their_order()
    {
        var visit = Entity("clinic.visit", FieldType.Integer, [Field("patient", FieldType.Integer), Field("room"), Field("day", FieldType.Date)], ("patient", "clinic.patient")) with
        {
            Uniques = [new UniqueSet { Fields = ["room", "day"] }],
        };
        var model = RelocationModel.Create("clinic", [Entity("clinic.patient", FieldType.Integer, [Field("last_name")]), visit]);
        var records = Enumerable.Range(0, 400).Select(i => $$"""{"model": "clinic.visit", "pk": {{i + 1}}, "fields": {"patient": {{i}}, "room": "1", "day": "{{new DateOnly(2024, 1, 1).AddDays(i):yyyy-MM-dd}}"} }""");

        var text = await Sanitized.TextAsync(Backup.FromJson($"[{string.Join(',', records)}]"), new SanitizeOptions { Model = model, Seed = "s" });

        var days = JsonElement.Parse(text).EnumerateArray().Select(record => record.GetProperty("fields").GetProperty("day").GetString()!).ToList();
        Assert.Equal(days.Order(StringComparer.Ordinal).Distinct(), days);
    }

    [Fact]
    public async Task Dates_in_text_move_in_one_way_whoever_the_text_belongs_to()
    {
        var model = RelocationModel.Create("shop", [Entity("shop.customer", FieldType.Integer, [Field("first_name"), Field("born_on", FieldType.Date), Field("caption")])]);
        var captions = Enumerable.Range(0, 60).Select(i => $"since {new DateOnly(1970, 1, 1).AddDays(i % 20):yyyy-MM-dd}").ToList();
        var records = captions.Select((caption, i) => $$$"""
            {"model": "shop.customer", "pk": {{{i + 1}}}, "fields": {"first_name": "Ada", "born_on": "{{{new DateOnly(1970, 1, 1).AddDays(i):yyyy-MM-dd}}}", "caption": "{{{caption}}}"}}
            """);

        var text = await Sanitized.TextAsync(Backup.FromJson($"[{string.Join(',', records)}]"), new SanitizeOptions { Model = model, Seed = "s" });

        var moved = JsonElement.Parse(text).EnumerateArray().Select(record => record.GetProperty("fields").GetProperty("caption").GetString()!).ToList();
        Assert.Equal(20, captions.Zip(moved).Distinct().Count());
        Assert.Equal(20, moved.Distinct().Count());
        Assert.Empty(moved.Intersect(captions));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("9999-12-31T23:59:59.9999999")]
    [InlineData("2024-02-29T24:00:00Z", true)]
    public async Task Ends_of_the_calendar_move_inwards(string date, bool isRefused = false)
    {
        var model = RelocationModel.Create("shop", [Entity("shop.customer", FieldType.Integer, [Field("first_name"), Field("at", FieldType.DateTime)])]);
        for (var seed = 0; seed < 10; seed++)
        {
            var backup = Backup.FromJson($$$"""[{"model": "shop.customer", "pk": 1, "fields": {"first_name": "Ada", "at": "{{{date}}}"}}]""");
            var options = new SanitizeOptions { Model = model, Seed = $"{seed}", DateOffset = TimeSpan.FromDays(seed - 5) };
            if (isRefused)
            {
                await Assert.ThrowsAsync<SanitizeException>(() => Sanitized.TextAsync(backup, options));
                return;
            }

            var moved = JsonElement.Parse(await Sanitized.TextAsync(backup, options))[0].GetProperty("fields").GetProperty("at").GetString()!;
            Assert.NotEqual(date, moved);
            Assert.Equal(date[10..], moved[10..]);
        }
    }

    [Fact]
    public async Task Audit_finds_a_birth_date_in_text_and_one_that_stayed()
    {
        var model = RelocationModel.Create("shop", [Entity("shop.customer", FieldType.Integer, [Field("first_name"), Field("born_on", FieldType.Date), Field("caption")])]);
        const string Original = """[{"model": "shop.customer", "pk": 1, "fields": {"first_name": "Ada", "born_on": "1970-01-04", "caption": "(1970-01-04)"}}]""";
        var sanitised = await Sanitized.TextAsync(Backup.FromJson(Original), new SanitizeOptions { Model = model, Seed = "s" });

        var clean = await AuditAsync(sanitised);
        var inText = await AuditAsync(sanitised.Replace("\"caption\": \"(", "\"caption\": \"born 1970-01-04T00:00:00Z (", StringComparison.Ordinal));
        var stayed = await AuditAsync(System.Text.RegularExpressions.Regex.Replace(sanitised, "\"born_on\": \"[^\"]*\"", "\"born_on\": \"1970-01-04\""));

        Assert.Empty(clean.Findings);
        Assert.Equal("/0/fields/caption", Assert.Single(inText.Findings).RightPlace!.Pointer);
        Assert.Equal("/0/fields/born_on", Assert.Single(stayed.Findings).RightPlace!.Pointer);

        Task<LeakAuditResult> AuditAsync(string text) => LeakAudit.RunAsync(Backup.FromJson(Original), Backup.FromJson(text), new LeakAuditOptions { Model = model }, Cancel);
    }

    [Theory]
    [InlineData(36_501)]
    [InlineData(-36_501)]
    [InlineData(10_000_000)]
    public void Offset_beyond_a_hundred_years_is_refused(int days)
    {
        var model = RelocationModel.Create("shop", [Entity("shop.customer", FieldType.Integer, [Field("first_name")])]);

        Assert.Throws<ArgumentOutOfRangeException>(() => new SanitizeOptions { Model = model, DateOffset = TimeSpan.FromDays(days) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sanitizer("s", TimeSpan.FromDays(days)));
    }

    [Theory]
    [InlineData(36_500)]
    [InlineData(-36_500)]
    public async Task Largest_offset_leaves_no_date_out_of_the_calendar(int offset)
    {
        var model = RelocationModel.Create("shop", [Entity("shop.customer", FieldType.Integer, [Field("first_name"), Field("at", FieldType.DateTime), Field("caption")]), Entity("shop.price", FieldType.Integer, [Field("on", FieldType.Date)])]);
        foreach (var date in new[] { "0001-01-01", "0050-06-01", "2024-02-29", "9950-06-01", "9999-12-31" })
        {
            var backup = Backup.FromJson($$$"""
                [{"model": "shop.customer", "pk": 1, "fields": {"first_name": "Ada", "at": "{{{date}}}T23:59:59", "caption": "({{{date}}}T23:59:59)"}}, {"model": "shop.price", "pk": 1, "fields": {"on": "{{{date}}}"}}]
                """);
            var moved = JsonElement.Parse(await Sanitized.TextAsync(backup, new SanitizeOptions { Model = model, Seed = "s", DateOffset = TimeSpan.FromDays(offset) }));
            Assert.NotEqual($"{date}T23:59:59", moved[0].GetProperty("fields").GetProperty("at").GetString());
            Assert.NotEqual($"({date}T23:59:59)", moved[0].GetProperty("fields").GetProperty("caption").GetString());
            Assert.NotEqual(date, moved[1].GetProperty("fields").GetProperty("on").GetString());
        }
    }

    [Fact]
    public async Task Dates_in_keys_and_the_end_of_all_dates_are_no_leaks()
    {
        var model = RelocationModel.Create("shop",
        [
            Entity("shop.day", FieldType.Date, [Field("holiday")]),
            Entity("shop.shift", FieldType.Integer, [Field("day", FieldType.Date), Field("opened", FieldType.Date), Field("until", FieldType.Date)], ("day", "shop.day")),
        ]);
        var rules = SanitizeRules.Default(model).Without("shop.shift", "opened");
        const string Original = """
            [{"model": "shop.day", "pk": "2024-03-01", "fields": {"holiday": "none"}},
             {"model": "shop.shift", "pk": 1, "fields": {"day": "2024-03-01", "opened": "2024-03-01", "until": "2024-03-01"}},
             {"model": "shop.shift", "pk": 2, "fields": {"day": "2024-03-01", "opened": "2024-03-01", "until": "infinity"}}]
            """;

        var sanitised = await Sanitized.TextAsync(Backup.FromJson(Original), new SanitizeOptions { Model = model, Rules = rules, Seed = "s" });
        var audit = await LeakAudit.RunAsync(Backup.FromJson(Original), Backup.FromJson(sanitised), new LeakAuditOptions { Model = model, Rules = rules }, Cancel);

        Assert.Empty(audit.Findings);
        Assert.Contains(("opened", 2), audit.Kept.Select(kept => (kept.Field, (int)kept.Count)));
        Assert.DoesNotContain("2024-03-01", JsonElement.Parse(sanitised)[1].GetProperty("fields").GetProperty("until").GetString(), StringComparison.Ordinal);
    }

    private static int Days(JsonElement before, JsonElement after, string field) =>
        (int)(Read(after, field) - Read(before, field)).TotalDays;

    private static DateTimeOffset Read(JsonElement fields, string field) =>
        DateTimeOffset.Parse(fields.GetProperty(field).GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static RelocationField Field(string name, FieldType type = FieldType.Text) => new() { Name = name, Column = name, Type = type, StoreType = "any", IsNullable = true };

    private static RelocationEntity Entity(string label, FieldType key, RelocationField[] fields, params (string Field, string Target)[] references) => new()
    {
        Label = ModelLabel.Parse(label),
        Table = label.Split('.')[1],
        Key = new RelocationKey { Fields = [Field("id", key)], Policy = key is FieldType.Integer or FieldType.Guid ? KeyPolicy.Remap : KeyPolicy.Preserve },
        Fields = fields,
        References = [.. references.Select(reference => new RelocationReference { Name = reference.Field, Fields = [reference.Field], Target = ModelLabel.Parse(reference.Target) })],
    };
}

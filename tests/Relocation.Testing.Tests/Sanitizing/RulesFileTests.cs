using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Relocation.Testing.Tests.Sanitizing;

/// <summary>Rules that stand in files.</summary>
public sealed class RulesFileTests
{
    private static readonly RelocationModel Shop = ShopModel();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, int, string> Wrong => new()
    {
        { "", 1, 1, "no JSON" },
        { "{\n  \"sanitize\": {,}\n}", 2, 16, "no JSON" },
        { "[]", 1, 1, "an object" },
        { "{\"sanitise\": {}}", 1, 2, "Did you mean 'sanitize'?" },
        { "{\n \"sanitize\": {\"customer\": {}}}", 2, 15, "'app.model'" },
        { "{\"sanitize\": {\"shop.customer\": []}}", 1, 32, "an object whose members are fields" },
        { "{\"sanitize\": {\"shop.customer\": {\n  \"name\": \"nam\"}}}", 2, 11, "Did you mean 'name'?" },
        { "{\"sanitize\": {\"shop.customer\": {\n  // é\n  \"é\": 1}}}", 3, 8, "the name of a kind" },
        { "{\"sanitize\": {\"shop.customer\": {\"name\": {\"kind\": \"slug\"}}}}", 1, 50, "\"of\": \"name\"" },
        { "{\"sanitize\": {\"shop.customer\": {\"name\": {\"kind\": \"constant\"}}}}", 1, 50, "\"value\"" },
        { "{\"sanitize\": {\"shop.customer\": {\"name\": {\"kind\": \"keep\", \"of\": \"x\"}}}}", 1, 64, "Leave it out" },
        { "{\"sanitize\": {\"shop.customer\": {\"name\": \"keep\", \"name\": \"text\"}}}", 1, 49, "twice" },
        { "{\"drift\": {\"shop.tag\": \"gone\"}}", 1, 24, "\"dropped\"" },
        { "{\"drift\": {\"shop.tag\": {\"was\": 3}}}", 1, 32, "a list of such" },
        { "{\"drift\": {\"shop.tag\": {\"was\": \"label\"}}}", 1, 32, "'app.model'" },
        { "{\"drift\": {\"shop.tag\": {\"fields\": {\"a\": {\"generate\": \"token:0\"}}}}}", 1, 54, "token:N" },
        { "{\"drift\": {\"shop.tag\": {\"fields\": {\"a\": {\"default\": 1, \"generate\": \"now\"}}}}}", 1, 56, "exclude each other" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_file_is_refused_with_line_and_column(string text, int line, int column, string message)
    {
        var refusal = Assert.Throws<RulesFileException>(() => RulesFile.Parse(text, "rules.json"));

        var problem = refusal.Problems[0];
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith($"rules.json:{line}:{column}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_of_what_is_not_there_is_refused_with_its_place()
    {
        var file = RulesFile.Parse("{\"sanitize\": {\n  \"shop.custmer\": {\"name\": \"text\"},\n  \"shop.customer\": {\"nme\": \"keep\", \"name\": {\"kind\": \"slug\", \"of\": \"nam\"}}}}", "rules.json");

        var refusal = Assert.Throws<RulesFileException>(() => file.ApplyTo(SanitizeRules.Empty, Shop));

        Assert.Equal([(2, 20), (3, 21), (3, 36)], refusal.Problems.Select(problem => (problem.Line, problem.Column)));
        Assert.Contains("Did you mean 'shop.customer'?", refusal.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'name'?", refusal.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listed_rules_that_are_given_back_are_the_same_rules()
    {
        foreach (var (model, rules) in new[] { (Shop, SanitizeRules.Default(Shop)), (Sanitized.Everything, SanitizeRules.Default(Sanitized.Everything)), Sentry() })
        {
            var changed = rules.With(model.Entities[0].Label.Value, model.Entities[0].Fields[0].Name, SanitizeRule.Constant("{\"a\": [1]}"));

            var listed = await BackupSanitizer.ListRulesAsync(new SanitizeOptions { Model = model, Rules = changed }, cancellationToken: Cancel);
            var again = RulesFile.Parse(listed).ApplyTo(rules, model);

            Assert.Equal(changed.ToString(), again.ToString());
            Assert.Equal(listed, await BackupSanitizer.ListRulesAsync(new SanitizeOptions { Model = model, Rules = again }, cancellationToken: Cancel), Reasons.Ignored);
        }
    }

    [Fact]
    public async Task List_says_what_made_a_rule_match_and_names_every_field()
    {
        var listed = JsonElement.Parse(await BackupSanitizer.ListRulesAsync(new SanitizeOptions { Model = Shop }, cancellationToken: Cancel)).GetProperty("sanitize");

        Assert.Equal(Shop.Entities.Select(entity => entity.Label.Value), listed.EnumerateObject().Select(model => model.Name));
        var customer = listed.GetProperty("shop.customer");
        Assert.Equal("email", customer.GetProperty("email").GetProperty("kind").GetString());
        Assert.Contains("e-mail address", customer.GetProperty("email").GetProperty("because").GetString(), StringComparison.Ordinal);
        Assert.All(Shop.Find(ModelLabel.Parse("shop.customer"))!.Fields, field => Assert.True(customer.TryGetProperty(field.Name, out _)));
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("shop.product").GetProperty("sku").ValueKind);
    }

    [Fact]
    public async Task List_for_a_backup_names_the_members_of_its_json_and_rules_reach_them()
    {
        var backup = Backup.FromJson("""[{"model": "test.thing", "pk": 1, "fields": {"data": {"who": {"first_name": "Ada", "x": "rarely"}, "list": [{"y": "seldom"}], "a.b": "-"}}}]""");
        var options = new SanitizeOptions { Model = Sanitized.Everything, Seed = "s" };

        var listed = await BackupSanitizer.ListRulesAsync(options, backup, Cancel);

        var thing = JsonElement.Parse(listed).GetProperty("sanitize").GetProperty("test.thing");
        Assert.Equal("name", thing.GetProperty("data.who.first_name").GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, thing.GetProperty("data.list.y").ValueKind);
        var rules = RulesFile.Parse(listed.Replace("\"data.list.y\": null", "\"data.list.y\": \"text\"", StringComparison.Ordinal)).ApplyTo(SanitizeRules.Default(Sanitized.Everything), Sanitized.Everything);
        using var stream = new MemoryStream();
        var result = await BackupSanitizer.SanitizeAsync(backup, BackupDestination.ToStream(stream), new SanitizeOptions { Model = Sanitized.Everything, Rules = rules, Seed = "s" }, Cancel);
        Assert.Equal(["data.*", "data.who.x"], result.Kept.Select(kept => kept.Field));
        Assert.Equal(["… 1", "r… 6"], result.Kept.SelectMany(kept => kept.Samples));
    }

    /// <summary>Members of JSON have rules by their own names, by those of what they are in, and by that of the column.</summary>
    [Fact]
    public async Task Listed_rules_of_a_backup_replace_all_that_the_default_ones_do()
    {
        string[] names = ["address", "who", "first_name", "name", "title", "street", "x", "theme", "author", "number", "a.b", "ada@example.org", "iban", "birth_date", "list"];
        var leaf = Gen.OneOf(Gen.String[Gen.Char['a', 'z'], 3, 9].Select(text => JsonSerializer.Serialize(text)), Gen.Const("\"1815-12-10\""), Gen.Int[100, 9_999].Select(number => $"{number}"), Gen.Const("null"));
        var value = Gen.Recursive<string>((depth, inner) => depth > 3 ? leaf : Gen.Frequency((2, leaf), (2, Gen.Select(Gen.Int[0, names.Length - 1].Select(at => names[at]), inner).Array[1, 4]
            .Select(members => $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\": {member.Item2}"))}}}")),
            (1, inner.Array[1, 3].Select(items => $"[{string.Join(',', items)}]"))));
        SanitizeRule?[] columns = [null, null, SanitizeRule.Text, SanitizeRule.Keep, SanitizeRule.UpperOf("caption")];
        var column = Gen.Int[0, columns.Length - 1].Select(at => columns[at]);

        await Gen.Select(value.Array[1, 3], column).SampleAsync(
            async (values, rule) =>
            {
                var defaults = SanitizeRules.Default(Sanitized.Everything);
                defaults = rule is null ? defaults : defaults.With("test.thing", "data", rule);
                var backup = Backup.FromJson($"[{string.Join(',', values.Select((json, index) => $"{{\"model\": \"test.thing\", \"pk\": {index + 1}, \"fields\": {{\"data\": {json}}}}}"))}]");
                var listed = await BackupSanitizer.ListRulesAsync(new SanitizeOptions { Model = Sanitized.Everything, Rules = defaults }, backup, Cancel);
                var given = RulesFile.Parse(listed).ApplyTo(defaults, Sanitized.Everything);

                var original = LeavesOf(await TextAsync(SanitizeRules.Empty.With("test.thing", "data", SanitizeRule.Keep)));
                var (byDefaults, byList) = (LeavesOf(await TextAsync(defaults)), LeavesOf(await TextAsync(given)));

                for (var i = 0; i < original.Count; i++)
                {
                    Assert.True(byDefaults[i] == original[i] || byList[i] != original[i], $"{original[i]} became {byDefaults[i]}, but stays by the list, of {string.Join(" ", original)}: {string.Join(" ", byDefaults)}, and {string.Join(" ", byList)}, by {listed}");
                }

                Assert.Equal(listed, await BackupSanitizer.ListRulesAsync(new SanitizeOptions { Model = Sanitized.Everything, Rules = given }, backup, Cancel), Reasons.Ignored);

                Task<string> TextAsync(SanitizeRules rules) => Sanitized.TextAsync(backup, new SanitizeOptions { Model = Sanitized.Everything, Rules = rules, Seed = "s" });
            },
            iter: 300,
            threads: 1);

        static List<string> LeavesOf(string json)
        {
            var leaves = new List<string>();
            Visit(JsonElement.Parse(json));
            return leaves;

            void Visit(JsonElement element)
            {
                foreach (var inner in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(member => member.Value)
                    : element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : Enumerable.Empty<JsonElement>())
                {
                    Visit(inner);
                }

                if (element.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                {
                    leaves.Add(element.GetRawText());
                }
            }
        }
    }

    /// <summary>A title is a person's where an object of its kind has a first name, whichever record shows it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Order_of_records_does_not_decide_what_is_replaced(bool isPersonLast)
    {
        string[] fields =
        [
            "\"data\": {\"list\": [{\"title\": \"Baroness of the mill\"}]}",
            "\"data\": {\"list\": [{\"first_name\": \"Ada\"}]}",
            "\"caption\": \"seen: Baroness of the mill\"",
        ];

        var sanitised = await Sanitized.FieldsAsync(SanitizeRules.Default(Sanitized.Everything), isPersonLast ? fields : [fields[1], fields[0], fields[2]]);

        Assert.DoesNotContain("Baroness", string.Join('\n', sanitised), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_of_a_member_leaves_what_it_is_in_the_rule_that_its_name_tells()
    {
        var rules = RulesFile.ParseRule("test.thing.data.deep.address.theme=keep").ApplyTo(SanitizeRules.Default(Sanitized.Everything), Sanitized.Everything);

        var fields = await Sanitized.FieldsAsync(rules, "\"data\": {\"deep\": {\"address\": {\"theme\": \"dark\", \"hint\": \"behind the mill\", \"number\": \"12\"}}}");

        var address = fields[0].GetProperty("data").GetProperty("deep").GetProperty("address");
        Assert.Equal("dark", address.GetProperty("theme").GetString());
        Assert.NotEqual("behind the mill", address.GetProperty("hint").GetString());
        Assert.NotEqual("12", address.GetProperty("number").GetString());
    }

    [Theory]
    [InlineData("test.thing.data.who.first_name=none")]
    [InlineData("test.thing.data.who=none")]
    public async Task Member_that_only_the_backup_knows_stays_where_a_rule_says_none(string rule)
    {
        const string Fields = "\"data\": {\"who\": {\"first_name\": \"Ada\", \"email\": \"ada@example.org\"}}";
        var rules = RulesFile.ParseRule(rule).ApplyTo(SanitizeRules.Default(Sanitized.Everything), Sanitized.Everything);

        var who = (await Sanitized.FieldsAsync(rules, Fields))[0].GetProperty("data").GetProperty("who");
        var whoOfAll = (await Sanitized.FieldsAsync(rules.With("test.thing", "data", SanitizeRule.Text), Fields.Replace("email", "theme", StringComparison.Ordinal)))[0].GetProperty("data").GetProperty("who");

        Assert.Equal(rule.Contains("first", StringComparison.Ordinal), who.GetProperty("first_name").GetString() == "Ada");
        Assert.NotEqual("ada@example.org", who.GetProperty("email").GetString());
        Assert.NotEqual(rule.Contains("first", StringComparison.Ordinal), whoOfAll.GetProperty("theme").GetString() == "ada@example.org");
    }

    [Fact]
    public void Drift_becomes_the_rules_that_code_would_make()
    {
        var file = RulesFile.Parse("""
            {
              "$schema": "any", // what differs in older backups
              "drift": {
                "shop.tag": {
                  "was": ["shop.label", "shop.mark"],
                  "fields": {
                    "name": { "was": "title" },
                    "colour": "dropped",
                    "weight": { "was": ["heft"], "default": { "a": 1.50 } },
                    "made": { "generate": "now" }, "id": { "generate": "guid" }, "no": { "generate": "database" }, "key": { "generate": "token:12" },
                  },
                },
                "shop.draft": "dropped",
              },
            }
            """);

        Assert.Equal(
            [
                BackupRule.ModelRenamed("shop.label", "shop.tag"), BackupRule.ModelRenamed("shop.mark", "shop.tag"), BackupRule.FieldRenamed("shop.tag", "title", "name"),
                BackupRule.FieldDropped("shop.tag", "colour"), BackupRule.FieldRenamed("shop.tag", "heft", "weight"),
                BackupRule.FieldAdded("shop.tag", "weight", FieldDefault.Constant("{ \"a\": 1.50 }")), BackupRule.FieldAdded("shop.tag", "made", FieldDefault.Now),
                BackupRule.FieldAdded("shop.tag", "id", FieldDefault.Guid), BackupRule.FieldAdded("shop.tag", "no", FieldDefault.Database),
                BackupRule.FieldAdded("shop.tag", "key", FieldDefault.Token(12)), BackupRule.ModelDropped("shop.draft"),
            ],
            file.BackupRules);
    }

    [Theory]
    [InlineData("shop.customer.name=keep", "Keep")]
    [InlineData("shop.customer.name=phone", "Phone")]
    [InlineData("shop.customer.name=none", null)]
    [InlineData("shop.customer.name=constant:CA", "Constant")]
    [InlineData("shop.customer.name=constant:{\"a\": \"=:\"}", "Constant")]
    [InlineData("shop.customer.name=slug:email", "Slug of email")]
    [InlineData("shop.customer.name=upper:email", "Upper case of email")]
    public void Single_rule_takes_the_place_of_the_default_one(string rule, string? expected) =>
        Assert.Equal(expected, RulesFile.ParseRule(rule).ApplyTo(SanitizeRules.Default(Shop), Shop).Find(ModelLabel.Parse("shop.customer"), "name")?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("shop.customer.name")]
    [InlineData("customer.name=keep")]
    [InlineData("shop.customer.name=")]
    [InlineData("shop.customer.name=nothing")]
    [InlineData("shop.customer.name=keep:x")]
    [InlineData("shop.customer.name=slug")]
    public void Single_rule_that_is_none_is_refused(string rule) => Assert.Throws<RulesFileException>(() => RulesFile.ParseRule(rule));

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var good = """{"sanitize": {"shop.customer": {"name": {"kind": "constant", "value": ["é", 1.5, null]}, "slug": null}}, "drift": {"a.b": {"was": "c.d", "fields": {"e": "dropped"}}}}""";
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Char[' ', '~'], Gen.Int[0, 2]).Array[1, 4].Sample(edits =>
        {
            var text = new StringBuilder(good);
            foreach (var (at, character, edit) in edits)
            {
                _ = edit switch { 0 => text.Insert(Math.Min(at, text.Length), character), 1 => text.Remove(Math.Min(at, text.Length - 1), 1), _ => text.Replace(text[Math.Min(at, text.Length - 1)], character, Math.Min(at, text.Length - 1), 1) };
            }

            try
            {
                RulesFile.Parse(text.ToString());
            }
            catch (RulesFileException exception)
            {
                Assert.NotEmpty(exception.Problems);
                Assert.All(exception.Problems, problem => Assert.True(problem is { Line: 1, Column: > 0 }));
            }
        });
        Assert.Throws<RulesFileException>(() => RulesFile.Parse(new string('[', 100_000)));
        Assert.Empty(Assert.Throws<RulesFileException>(() => RulesFile.Load(Path.Combine(Path.GetTempPath(), "no", "such"))).Problems);
    }

    private static (RelocationModel Model, SanitizeRules Rules) Sentry()
    {
        var model = SentryModel.Create(SqliteEngine.Instance);
        return (model, SentrySanitizing.Rules(model));
    }

    private static RelocationModel ShopModel() => RelocationModel.Create("shop", [Entity("customer", "name", "email", "slug"), Entity("product", "sku", "name"), Entity("tag", "name")]);

    private static RelocationEntity Entity(string name, params string[] fields) => new()
    {
        Label = ModelLabel.Parse($"shop.{name}"),
        Table = name,
        Key = new RelocationKey { Fields = [Field("id", FieldType.Integer)], Policy = KeyPolicy.Remap },
        Fields = [.. fields.Select(field => Field(field, FieldType.Text))],
    };

    private static RelocationField Field(string name, FieldType type) => new() { Name = name, Column = name, Type = type, StoreType = "any" };

    /// <summary>Lists are the same but for the reasons, which are lost where a file gives the rule.</summary>
    private sealed class Reasons : IEqualityComparer<string>
    {
        internal static Reasons Ignored { get; } = new();

        public bool Equals(string? x, string? y) => Without(x!) == Without(y!);

        public int GetHashCode(string obj) => 0;

        private static string Without(string list) => System.Text.RegularExpressions.Regex.Replace(list, ",?\\s*\"because\": \"[^\"]*\"", string.Empty);
    }
}

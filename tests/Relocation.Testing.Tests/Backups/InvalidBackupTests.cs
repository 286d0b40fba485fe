using Xunit;

namespace Relocation.Testing.Tests.Backups;

public sealed class InvalidBackupTests
{
    private const string ValueExpected =
        "A value should stand here: an object, an array, a string in double quotes, a number, true, false or null.";

    private const string IntegerKeys =
        "The keys of model 'shop.order' are whole numbers of up to 64 bits, without quotes, and this one is not. Correct the key, or the model.";

    public static TheoryData<string, BackupProblemKind, string, string> Defects => new()
    {
        { "not-json", BackupProblemKind.NotJson, ":1:1", "The text is not JSON. Give a backup: an array of records, each with model, pk and fields." },
        { "missing-quotes", BackupProblemKind.NotJson, ":3:27 /1 (shop.order)", "A member's name in double quotes should stand here." },
        { "trailing-comma", BackupProblemKind.NotJson, ":4:1 /2", ValueExpected },
        {
            "bad-number", BackupProblemKind.NotJson, ":3:71 /1/fields/total (shop.order 1)",
            "A number has no leading zeros, and digits around its point and after its exponent."
        },
        { "bad-literal", BackupProblemKind.NotJson, ":3:59 /1/fields/customer (shop.order 1)", ValueExpected },
        {
            "control-character", BackupProblemKind.NotJson, ":2:62 /0/fields/name (shop.customer 1)",
            "A string holds a control character. Write it as an escape, such as \\n."
        },
        {
            "bad-escape", BackupProblemKind.NotJson, ":2:63 /0/fields/name (shop.customer 1)",
            "A backslash is followed by one of \"\\/bfnrt, or by u and four hexadecimal digits."
        },
        {
            "lone-surrogate", BackupProblemKind.NotJson, ":2:63 /0/fields/name (shop.customer 1)",
            "A \\u escape is half of a surrogate pair without the other half. Write both halves, or take it out."
        },
        {
            "not-utf8", BackupProblemKind.NotJson, ":2:62 /0/fields/name (shop.customer 1)",
            "The text is not UTF-8. Save or export the backup as UTF-8."
        },
        { "utf-16", BackupProblemKind.NotJson, ":1:1", "The text seems to be UTF-16. Save or export the backup as UTF-8." },
        { "empty", BackupProblemKind.Truncated, ":1:1", "The text is empty. Export the backup again; one without records is written as []." },
        {
            "truncated", BackupProblemKind.Truncated, ":4:57 /2/fields/customer (shop.order 1)",
            "The text ends before the array does. Copy or export the backup again."
        },
        {
            "not-an-array", BackupProblemKind.NotAnArray, ":1:1",
            "The outermost value is no array. Give a backup: an array of records, each with model, pk and fields."
        },
        {
            "trailing-text", BackupProblemKind.NotJson, ":5:1",
            "Nothing may follow the array. Take out what stands here, or make it part of the array."
        },
        {
            "record-not-an-object", BackupProblemKind.RecordNotAnObject, ":3:3 /1",
            "A record is no object. Write it as {\"model\": ..., \"pk\": ..., \"fields\": {...}}."
        },
        { "missing-model", BackupProblemKind.MissingMember, ":3:3 /1", "The record has no member 'model'. Add it." },
        {
            "missing-pk", BackupProblemKind.MissingMember, ":3:3 /1 (shop.order)",
            "The record has no member 'pk', as backups with natural keys have none. Natural keys are not imported: make the backup without Django's dumpdata "
                + "option --natural-primary, or add the member."
        },
        { "missing-fields", BackupProblemKind.MissingMember, ":3:3 /1 (shop.order 1)", "The record has no member 'fields'. Add it." },
        { "null-pk", BackupProblemKind.MissingMember, ":3:33 /1/pk (shop.order)", "Member 'pk' is not a key. Make it a key." },
        { "mistyped-model", BackupProblemKind.MissingMember, ":3:13 /1/model", "Member 'model' is not a string. Make it a string." },
        {
            "mistyped-fields", BackupProblemKind.MissingMember, ":3:46 /1/fields (shop.order 1)",
            "Member 'fields' is not an object. Make it an object."
        },
        {
            "doubled-member", BackupProblemKind.DoubledMember, ":3:81 /1/pk (shop.order 3)",
            "The record has the member 'pk' twice. Take one out."
        },
        {
            "unexpected-member", BackupProblemKind.UnexpectedMember, ":3:36 /1/customer (shop.order 1)",
            "The record has a member 'customer', which would not be imported. Move it into fields, or take it out."
        },
        {
            "label-without-dot", BackupProblemKind.LabelWithoutDot, ":3:13 /1/model",
            "'order' is no model label. A label is 'app.model', for example 'shop.order'."
        },
        { "key-of-wrong-kind", BackupProblemKind.KeyOfWrongKind, ":3:33 /1/pk (shop.order)", IntegerKeys },
        { "key-too-large", BackupProblemKind.KeyOfWrongKind, ":3:33 /1/pk (shop.order)", IntegerKeys },
        {
            "duplicate-key", BackupProblemKind.DuplicateKey, ":5:33 /3/pk (shop.order 1)",
            "The model has a record with this key before, at duplicate-key.json:3:33 /1/pk (shop.order 1). "
                + "Take one out, or give it another key."
        },
        {
            "nesting-too-deep", BackupProblemKind.LimitExceeded, ":3:133 /1/fields/total" + string.Concat(Enumerable.Repeat("/0", 62)) + " (shop.order 1)",
            "The value is nested deeper than 64 levels. Correct it, or raise BackupLimits.MaxDepth."
        },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task Defective_backup_is_refused_with_its_place(string defect, BackupProblemKind kind, string place, string message)
    {
        var backup = Backup.FromUtf8(await File.ReadAllBytesAsync(Repository.Fixture("invalid", defect + ".json"), TestContext.Current.CancellationToken), defect + ".json");

        foreach (var blockSize in new[] { 1, 7, 64, 128 * 1024 })
        {
            var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => Reading.IndexAsync(backup, Reading.Shop, blockSize));

            var problem = Assert.Single(refusal.Problems);
            Assert.Equal(kind, problem.Kind);
            Assert.Equal(defect + ".json" + place, problem.Place.ToString());
            Assert.Equal(message, problem.Message);
            Assert.Equal(1, refusal.ProblemCount);
            Assert.Equal(
                $"Backup '{defect}.json' cannot be read: 1 problem.{Environment.NewLine}  {defect}.json{place}: {message}", refusal.Message);
        }
    }

    [Fact]
    public void Fixtures_are_all_tested_and_described()
    {
        var files = Directory.GetFiles(Repository.Fixture("invalid"), "*.json").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var description = File.ReadAllText(Repository.Fixture("invalid", "README.md"));

        Assert.Equal(files.Order(), Defects.Select(row => row.Data.Item1).Order());
        Assert.All(files, file => Assert.Contains($"`{file}.json`", description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Problems_of_all_kinds_are_listed_together_when_reading_can_go_on()
    {
        var refusal = await Reading.RefusalAsync(
            """
            [{"model": "shop.order", "pk": 1, "fields": {}},
             7,
             {"model": "shop.order", "pk": "x", "fields": {}},
             {"model": "order", "pk": 1, "pk": 2, "extra": 0, "fields": {}},
             {"model": "shop.order", "pk": 1, "fields": {}},
             {"model": "shop.order", "pk": 2, "fields": {"a": tru}}]
            """,
            Reading.Shop);

        Assert.Equal(
            [
                (BackupProblemKind.RecordNotAnObject, "json:2:2 /1"),
                (BackupProblemKind.KeyOfWrongKind, "json:3:32 /2/pk (shop.order)"),
                (BackupProblemKind.LabelWithoutDot, "json:4:12 /3/model"),
                (BackupProblemKind.DoubledMember, "json:4:30 /3/pk"),
                (BackupProblemKind.UnexpectedMember, "json:4:39 /3/extra"),
                (BackupProblemKind.DuplicateKey, "json:5:32 /4/pk (shop.order 1)"),
                (BackupProblemKind.NotJson, "json:6:51 /5/fields/a (shop.order 2)"),
            ],
            refusal.Problems.Select(problem => (problem.Kind, problem.Place.ToString())));
        Assert.Equal(7, refusal.ProblemCount);
    }

    [Fact]
    public async Task Problems_beyond_ten_are_counted()
    {
        var refusal = await Reading.RefusalAsync($"[{string.Join(',', Enumerable.Repeat("1", 12))}]");

        Assert.Equal(12, refusal.ProblemCount);
        Assert.Equal(Enumerable.Range(0, 10).Select(index => $"/{index}"), refusal.Problems.Select(problem => problem.Place.Pointer));
        Assert.Contains("12 problems.", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{Environment.NewLine}  and 2 more.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicate_keys_are_all_found_when_keys_are_in_no_order()
    {
        var keys = new[] { 5, 3, 5, 9, 3, 5 };

        var refusal = await Reading.RefusalAsync($"[{string.Join(',', keys.Select(key => Record("shop.order", key.ToString(System.Globalization.CultureInfo.InvariantCulture))))}]");

        Assert.Equal(["/2/pk", "/4/pk", "/5/pk"], refusal.Problems.Select(problem => problem.Place.Pointer));
        Assert.Equal([5, 3, 5], refusal.Problems.Select(problem => problem.Place.Key?.AsInteger()));
        Assert.Contains(" /0/pk (shop.order 5)", refusal.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains(" /1/pk (shop.order 3)", refusal.Problems[1].Message, StringComparison.Ordinal);
        Assert.Contains(" /0/pk (shop.order 5)", refusal.Problems[2].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.tag", "\"red\"")]
    [InlineData("shop.line", "[1, \"red\"]")]
    [InlineData("shop.unknown", "\"red\"")]
    public async Task Text_keys_are_shown_only_when_values_were_asked_for(string label, string key)
    {
        var json = $"[{Record(label, key)},{Record(label, key)}]";

        var silent = await Reading.RefusalAsync(json, Reading.Shop);
        var open = await Reading.RefusalAsync(json, Reading.Shop, includeValues: true);

        Assert.DoesNotContain("red", silent.Message, StringComparison.Ordinal);
        Assert.Null(silent.Problems[0].Place.Key);
        Assert.Contains("red", open.Message, StringComparison.Ordinal);
        Assert.NotNull(open.Problems[0].Place.Key);
    }

    [Theory]
    [InlineData("shop.order", "1.0")]
    [InlineData("shop.order", "1e3")]
    [InlineData("shop.order", "\"1\"")]
    [InlineData("shop.order", "[1,2]")]
    [InlineData("shop.order", "true")]
    [InlineData("shop.order", "{}")]
    [InlineData("shop.tag", "1")]
    [InlineData("shop.visit", "\"0123\"")]
    [InlineData("shop.visit", "\"{4a7c26a5-7f2d-4d0b-8f5a-0a4e2f6f8f3d}\"")]
    [InlineData("shop.visit", "\"4a7c26a57f2d4d0b8f5a0a4e2f6f8f3d\"")]
    [InlineData("shop.line", "1")]
    [InlineData("shop.line", "[1]")]
    [InlineData("shop.line", "[1,2]")]
    [InlineData("shop.line", "[\"1\",\"a\"]")]
    [InlineData("shop.line", "[1,\"a\",2]")]
    [InlineData("shop.line", "[1,[\"a\"]]")]
    [InlineData("shop.line", "[]")]
    [InlineData("shop.unknown", "1.5")]
    [InlineData("shop.unknown", "false")]
    [InlineData("shop.unknown", "[1]")]
    [InlineData("shop.unknown", "[1,null]")]
    [InlineData("shop.unknown", "[1,{\"a\":1}]")]
    public async Task Key_of_wrong_kind_is_refused(string label, string key)
    {
        var refusal = await Reading.RefusalAsync($"[{Record(label, key)}]", Reading.Shop);

        Assert.Equal((BackupProblemKind.KeyOfWrongKind, "/0/pk"), (refusal.Problems.Single().Kind, refusal.Problems.Single().Place.Pointer));
    }

    [Fact]
    public async Task Limits_are_reported_and_reading_goes_on_when_only_a_string_is_too_long()
    {
        var refusal = await Reading.RefusalAsync(
            """[{"model": "shop.order", "pk": 1, "fields": {"a": ["ok", "123456789012345678901"]}}, 7]""",
            limits: new BackupLimits { MaxStringBytes = 20 });

        Assert.Equal(
            [(BackupProblemKind.LimitExceeded, "/0/fields/a/1"), (BackupProblemKind.RecordNotAnObject, "/1")],
            refusal.Problems.Select(problem => (problem.Kind, problem.Place.Pointer)));
    }

    [Fact]
    public async Task Record_over_the_limit_ends_the_reading_for_every_block_size()
    {
        var backup = Backup.FromJson($"[{Record("shop.order", "1")},{Record("shop.order", "2").Replace("{}", $"{{\"a\":\"{new string('x', 200)}\"}}", StringComparison.Ordinal)},7]");
        foreach (var blockSize in new[] { 1, 100, 4096 })
        {
            var refusal = await Assert.ThrowsAsync<BackupFormatException>(
                () => Reading.IndexAsync(backup, blockSize: blockSize, limits: new BackupLimits { MaxRecordBytes = 100 }));

            Assert.Equal((BackupProblemKind.LimitExceeded, "/1"), (refusal.Problems.Single().Kind, refusal.Problems.Single().Place.Pointer));
        }
    }

    private static string Record(string label, string key) => $$$"""{"model":"{{{label}}}","pk":{{{key}}},"fields":{}}""";
}

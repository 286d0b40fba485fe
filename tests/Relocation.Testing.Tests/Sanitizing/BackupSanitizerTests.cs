using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Schemas;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Sanitizing;

public sealed class BackupSanitizerTests
{
    private const string All = "\"name\": \"Ada Lovelace\", \"slug\": \"ada-lovelace\", \"email\": \"ada@example.org\", \"ip_address\": \"10.1.2.3\", "
        + "\"home_url\": \"https://example.org/ada\", \"guid\": \"4c79eea3-8a71-4b8f-b2e9-8a5b3a0b2ea5\", \"date_added\": \"2023-06-22T00:00:00Z\", "
        + "\"password\": \"hunter2hunter2\", \"born_on\": \"1815-12-10\", \"data\": {\"a\": [1, \"x\"]}, \"config\": {\"k\": 1}";

    /// <summary>One holds an invalid name, the other refers to a role that it lacks.</summary>
    private static readonly string[] Unimportable = ["invalid-user.json", "user-with-roles-no-superadmin.json"];

    private static readonly RelocationModel Sentry = SentryModel.Create(SqliteEngine.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("12.11", "test_good_all_sanitizers_set_fields")]
    public async Task Every_kind_of_field_is_replaced_and_equal_values_stay_equal()
    {
        var rules = SanitizeRules.Default(Sanitized.Everything).With("test.thing", "config", SanitizeRule.Constant("{\"new\": true}"));

        var fields = await Sanitized.FieldsAsync(rules, All, All.Replace("00:00:00Z", "00:00:01Z", StringComparison.Ordinal), All);

        using var original = JsonDocument.Parse($"{{{All}}}");
        foreach (var member in original.RootElement.EnumerateObject())
        {
            var (first, other, again) = (fields[0].GetProperty(member.Name), fields[1].GetProperty(member.Name), fields[2].GetProperty(member.Name));
            Assert.Equal(member.Name is "data", JsonElement.DeepEquals(first, member.Value));

            // Each record is a person of its own, whose dates move by an offset of their own.
            Assert.Equal(member.Name is "date_added" or "born_on", first.GetRawText() != again.GetRawText());
            Assert.Equal(member.Name is "date_added" or "born_on", first.GetRawText() != other.GetRawText());
        }

        Assert.Equal("""{"new": true}""", fields[0].GetProperty("config").GetRawText());
        Assert.Equal(fields[0].GetProperty("name").GetString()!.ToLowerInvariant().Replace(' ', '-'), fields[0].GetProperty("slug").GetString());
    }

    [Theory]
    [InlineData(FieldEncoding.Native, "[\"ok\", \"of Ada Lovelace\"]")]
    [InlineData(FieldEncoding.PythonListText, "\"['ok', 'of Ada Lovelace']\"")]
    [InlineData(FieldEncoding.ListText, "\"[\\\"ok\\\", \\\"of Ada Lovelace\\\"]\"")]
    public async Task Elements_of_lists_stay_as_short_as_their_column_takes_them(FieldEncoding encoding, string list)
    {
        const int Most = 15;
        var thing = Sanitized.Everything.Entities[0];
        var element = thing.FindField("caption")! with { Name = "item", MaxLength = Most };
        var notes = thing.FindField("caption")! with { Name = "captions", Column = "captions", Type = FieldType.Array, Encoding = encoding, Element = element };
        var model = RelocationModel.Create("lists", [thing with { Fields = [.. thing.Fields, notes] }]);
        var backup = $$$"""
            [{"model": "test.thing", "pk": 1, "fields": {"name": "Ada Lovelace", "captions": {{{list}}} }}]
            """;

        var lengths = new HashSet<int>();
        foreach (var seed in Enumerable.Range(0, 40))
        {
            var text = await Sanitized.TextAsync(Backup.FromJson(backup), new SanitizeOptions { Model = model, Seed = $"{seed}" });
            using var sanitized = JsonDocument.Parse(text);
            var fields = sanitized.RootElement[0].GetProperty("fields");
            var found = fields.GetProperty("captions").ToString().Replace('\'', '"');
            using var elements = JsonDocument.Parse(found);
            Assert.DoesNotContain("Lovelace", found, StringComparison.Ordinal);
            Assert.All(elements.RootElement.EnumerateArray(), item => Assert.InRange(item.GetString()!.Length, 2, Most));
            lengths.Add(fields.GetProperty("name").GetString()!.Length);
        }

        // Some names are longer than the old one, so that what is put for them in the list would not fit.
        Assert.Contains(lengths, length => length > "Ada Lovelace".Length);
    }

    [Fact]
    [Parity("12.11", "test_good_all_sanitizers_unset_fields")]
    public async Task Nulls_and_empty_texts_stay_and_absent_fields_stay_absent()
    {
        var fields = await Sanitized.FieldsAsync(null, "\"name\": null, \"email\": \"\", \"date_added\": null, \"ip_address\": null, \"password\": \"\"");

        Assert.Equal("""{"name":null,"email":"","date_added":null,"ip_address":null,"password":""}""", Compact(fields[0]));
    }

    [Theory]
    [InlineData("date_added", "34567")]
    [InlineData("date_added", "\"yesterday\"")]
    [InlineData("email", "true")]
    [InlineData("name", "{\"a\": 1}")]
    [InlineData("slug", "34567")]
    [InlineData("password", "12345")]
    [Parity("12.11", "test_bad_invalid_datetime_type")]
    [Parity("12.11", "test_bad_invalid_email_type")]
    [Parity("12.11", "test_bad_invalid_name_type")]
    [Parity("12.11", "test_bad_invalid_slug_type")]
    [Parity("12.11", "test_bad_invalid_string_type")]
    public async Task Value_that_is_not_what_its_rule_replaces_is_refused_where_it_is(string field, string value)
    {
        var refusal = await Assert.ThrowsAsync<SanitizeException>(() => Sanitized.FieldsAsync(null, "\"caption\": \"\"", $"\"{field}\": {value}"));

        Assert.Equal($"/1/fields/{field}", refusal.Place!.Pointer);
        Assert.DoesNotContain(value, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replaced_values_are_replaced_in_the_text_of_other_fields_too()
    {
        var fields = await Sanitized.FieldsAsync(
            null,
            All,
            """
            "caption": "Ask ADA@example.org or see ada-lovelace/x, not example.organic.",
            "data": {"to": ["ada@example.org", "nobody"], "ada@example.org": 1, "access_token": "0f0f0f0f0f"},
            "config": "{\"mail\": \"ada@example.org\", \"n\": \"Ada Lovelace \\u00e9\"}"
            """);

        var (email, name, slug) = (fields[0].GetProperty("email").GetString()!, fields[0].GetProperty("name").GetString()!, fields[0].GetProperty("slug").GetString()!);
        var host = email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var note = fields[1].GetProperty("caption").GetString()!;
        Assert.Contains(email, note, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"{slug}/x", note, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", note, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"{host}anic", note, StringComparison.Ordinal);
        var data = fields[1].GetProperty("data");
        Assert.Equal([email, "nobody"], data.GetProperty("to").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(1, data.GetProperty(email).GetInt32());
        Assert.NotEqual("0f0f0f0f0f", data.GetProperty("access_token").GetString());
        using var config = JsonDocument.Parse(fields[1].GetProperty("config").GetString()!);
        Assert.Equal((email, $"{name} é"), (config.RootElement.GetProperty("mail").GetString(), config.RootElement.GetProperty("n").GetString()));
    }

    [Fact]
    public async Task Rules_of_members_hold_however_many_names_there_are()
    {
        var unknown = string.Join(", ", Enumerable.Range(0, 2_100).Select(i => $"\"member{Letters(i)}\": \"plain{i}\""));
        const string Late = """
            "who": {"first_name": "Ada", "x": "Byron"}, "iban": "DE89370400440532013000", "address": {"line1": "Square 12", "number": "12", "theme": "dark"}, "settings": {"number": "77"}
            """;

        var fields = await Sanitized.FieldsAsync(null, $"\"data\": {{{unknown}, {Late}}}");

        var data = fields[0].GetProperty("data");
        Assert.Equal("plain2099", data.GetProperty($"member{Letters(2_099)}").GetString());
        Assert.NotEqual("Ada", data.GetProperty("who").GetProperty("first_name").GetString());
        Assert.Equal("Byron", data.GetProperty("who").GetProperty("x").GetString());
        Assert.NotEqual("DE89370400440532013000", data.GetProperty("iban").GetString());
        Assert.All(data.GetProperty("address").EnumerateObject(), member => Assert.DoesNotContain(member.Value.GetString(), new[] { "Square 12", "12", "dark" }));
        Assert.Equal("77", data.GetProperty("settings").GetProperty("number").GetString());

        static string Letters(int number) => string.Concat($"{number}".Select(digit => (char)('a' + digit - '0')));
    }

    [Fact]
    public async Task Names_of_members_that_may_be_data_are_shown_nowhere()
    {
        const string Original = """
            [{"model": "test.thing", "pk": 1, "fields": {"email": "ada@example.org", "data": {"bob@example.org": "friend", "Eve Miller": {"first_name": "Evelyn", "since": "always"}, "+49 170 1234567": {"token": "hunter2-hunter2"},
              "per_day": {"2024-03-01": "much", "4c79eea3-8a71-4b8f-b2e9-8a5b3a0b2ea5": "little"}}}}]
            """;
        var model = Sanitized.Everything;
        using var stream = new MemoryStream();

        var result = await BackupSanitizer.SanitizeAsync(Backup.FromJson(Original), BackupDestination.ToStream(stream), new SanitizeOptions { Model = model, Seed = "s" }, Cancel);
        var audit = await LeakAudit.RunAsync(Backup.FromJson(Original), Backup.FromJson(Original), new LeakAuditOptions { Model = model }, Cancel);
        var listed = await BackupSanitizer.ListRulesAsync(new SanitizeOptions { Model = model }, Backup.FromJson(Original), Cancel);

        Assert.Equal([("data.*", 1), ("data.*.since", 1), ("data.per_day.*", 2)], result.Kept.Select(kept => (kept.Field, (int)kept.Count)));
        Assert.Equal(["data.*.first_name", "data.*.token", "email"], result.Replaced.Keys.Select(replaced => replaced.Field).Order(StringComparer.Ordinal));
        Assert.Equal(["/0/fields/data/*/first_name", "/0/fields/data/*/token", "/0/fields/email"], audit.Findings.Select(finding => finding.RightPlace!.Pointer).Where(pointer => pointer != "/0/fields/data").Distinct().Order(StringComparer.Ordinal));
        var shown = string.Join('\n', [.. result.Kept, .. result.Replaced.Keys, .. audit.Kept, .. audit.Findings.Select(finding => finding.ToPretty()), listed]);
        Assert.All(["bob", "Eve", "170", "2024", "4c79"], text => Assert.DoesNotContain(text, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Same_seed_gives_the_same_bytes_and_no_seed_others()
    {
        var backup = Backup.FromFile(Repository.Fixture("sentry", "organization.json"));

        Assert.Equal(await Sanitized.TextAsync(backup, Options("s")), await Sanitized.TextAsync(backup, Options("s")));
        Assert.NotEqual(await Sanitized.TextAsync(backup, Options("s")), await Sanitized.TextAsync(backup, Options("t")));
        Assert.NotEqual(await Sanitized.TextAsync(backup, Options(null)), await Sanitized.TextAsync(backup, Options(null)));
    }

    [Fact]
    public async Task Keys_that_are_replaced_are_replaced_wherever_they_are_referred_to()
    {
        var model = RelocationModel.Create("people",
        [
            Entity("people.person", KeyPolicy.Preserve, [Text("handle")], [Text("bio")], []),
            Entity("people.post", KeyPolicy.Remap, [new RelocationField { Name = "id", Column = "id", Type = FieldType.Integer, StoreType = "any" }], [Text("author"), Text("body")], ["author"]),
        ]);
        var rules = SanitizeRules.Empty.With("people.person", "handle", SanitizeRule.Text);
        var backup = Backup.FromJson("""
            [{"model": "people.person", "pk": "lovelace1815", "fields": {"bio": "-"}},
            {"model": "people.post", "pk": 4, "fields": {"author": "lovelace1815", "body": "by lovelace1815"}}]
            """);

        using var json = JsonDocument.Parse(await Sanitized.TextAsync(backup, new SanitizeOptions { Model = model, Rules = rules, Seed = "s" }));

        var key = json.RootElement[0].GetProperty("pk").GetString()!;
        Assert.NotEqual("lovelace1815", key);
        Assert.Equal((key, $"by {key}"), (json.RootElement[1].GetProperty("fields").GetProperty("author").GetString(), json.RootElement[1].GetProperty("fields").GetProperty("body").GetString()));
    }

    [Theory]
    [InlineData("\"lovelace1815\"", FieldType.Text)]
    [InlineData("181512", FieldType.Integer)]
    public async Task Keys_that_are_replaced_are_replaced_in_lists_of_keys(string pk, FieldType type)
    {
        var id = new RelocationField { Name = "id", Column = "id", Type = type, StoreType = "any" };
        var fans = Entity("people.fans", KeyPolicy.Preserve, [id with { Name = "post", Column = "post", Type = FieldType.Integer }, id with { Name = "person", Column = "person" }], [], ["person"]);
        var post = Entity("people.post", KeyPolicy.Remap, [id with { Type = FieldType.Integer }], [id with { Name = "author", Column = "author" }], ["author"]) with
        {
            Children = [new RelocationChild { Name = "fans", Rows = fans, OwnerFields = ["post"], HoldsKeys = true }],
        };
        var model = RelocationModel.Create("people", [Entity("people.person", KeyPolicy.Preserve, [id], [Text("caption")], []), post]);
        var backup = Backup.FromJson($$$"""
            [{"model": "people.person", "pk": {{{pk}}}, "fields": {"caption": "-"}},
            {"model": "people.post", "pk": 4, "fields": {"author": {{{pk}}}, "fans": [{{{pk}}}]}}]
            """);

        using var json = JsonDocument.Parse(await Sanitized.TextAsync(backup, new SanitizeOptions { Model = model, Rules = SanitizeRules.Empty.With("people.person", "id", SanitizeRule.Text), Seed = "s" }));

        var key = json.RootElement[0].GetProperty("pk").GetRawText();
        var fields = json.RootElement[1].GetProperty("fields");
        Assert.NotEqual(pk, key);
        Assert.Equal((key, key), (fields.GetProperty("author").GetRawText(), fields.GetProperty("fans")[0].GetRawText()));
    }

    [Fact]
    public async Task Rule_of_a_field_that_is_not_there_is_refused()
    {
        var options = new SanitizeOptions { Model = Sanitized.Everything, Rules = SanitizeRules.Empty.With("test.thing", "emial", SanitizeRule.Email) };

        Assert.Contains("emial", (await Assert.ThrowsAsync<ArgumentException>(() => Sanitized.TextAsync(Backup.FromJson("[]"), options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Parity("12.11", "test_fresh_install")]
    [Parity("12.11", "test_clean_pks")]
    public async Task Real_backups_keep_their_shape_still_import_and_hold_nothing_of_the_original()
    {
        foreach (var folder in new[] { "fixtures", "releases" })
        {
            foreach (var file in Directory.GetFiles(Repository.Shared("data", "sentry", folder), "*.json").Where(file => !Unimportable.Contains(Path.GetFileName(file))))
            {
                await CheckAsync(Backup.FromFile(file), await File.ReadAllTextAsync(file, Cancel));
            }
        }
    }

    [Fact]
    public async Task Synthetic_backup_keeps_its_shape_still_imports_and_holds_nothing_of_the_original()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            using var stream = new MemoryStream();
            await SyntheticBackup.For(Sentry, new SyntheticBackupOptions { Seed = seed, TotalRecords = 1_500 }).WriteAsync(stream, Cancel);
            await CheckAsync(Backup.FromUtf8(stream.ToArray()), Encoding.UTF8.GetString(stream.ToArray()));
        }
    }

    [Fact]
    public async Task Fields_of_a_real_backup_that_are_replaced_are_as_approved()
    {
        var backup = Backup.FromFile(Repository.Shared("data", "sentry", "releases", "test_at_24_5_1.json"));

        var result = await BackupSanitizer.SanitizeAsync(backup, BackupDestination.ToStream(Stream.Null), Options("s"), Cancel);

        var lines = result.Replaced.OrderBy(pair => pair.Key.Model).ThenBy(pair => pair.Key.Field, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key.Model}.{pair.Key.Field}: {pair.Value}\n");
        Assert.Equal(File.ReadAllText(Repository.Golden("sentry-sanitized-fields")).ReplaceLineEndings("\n"), string.Concat(lines));
    }

    [Fact]
    public async Task File_is_written_whole_or_not_at_all()
    {
        var folder = Directory.CreateTempSubdirectory("sanitize-");
        try
        {
            var path = Path.Combine(folder.FullName, "out.json.gz");
            var good = Backup.FromFile(Repository.Fixture("sentry", "organization.json"));
            await BackupSanitizer.SanitizeAsync(good, BackupDestination.ToFile(path).Compressed(), Options("s"), Cancel);
            var bytes = await File.ReadAllBytesAsync(path, Cancel);
            using var text = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
            Assert.Equal(await Sanitized.TextAsync(good, Options("s")), await text.ReadToEndAsync(Cancel));

            var bad = Backup.FromJson("""[{"model": "sentry.email", "pk": 1, "fields": {"email": 1}}]""");
            await Assert.ThrowsAsync<SanitizeException>(() => BackupSanitizer.SanitizeAsync(bad, BackupDestination.ToFile(path).Compressed(), Options("s"), Cancel));

            Assert.Equal(bytes, await File.ReadAllBytesAsync(path, Cancel));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CheckAsync(Backup backup, string text)
    {
        var sanitized = await Sanitized.TextAsync(backup, Options("s"));

        using var before = JsonDocument.Parse(text);
        using var after = JsonDocument.Parse(sanitized);
        var known = before.RootElement.EnumerateArray().Where(record => Sentry.Find(ModelLabel.Parse(record.GetProperty("model").GetString()!)) is not null);
        Assert.Equal(known.Select(Shape), after.RootElement.EnumerateArray().Select(Shape));
        var audit = await LeakAudit.RunAsync(
            backup, Backup.FromJson(sanitized), new LeakAuditOptions { Model = Sentry, Rules = SentrySanitizing.Rules(Sentry) }, Cancel);
        Assert.Empty(audit.Findings);
        Assert.Equal(await ImportAsync(backup), await ImportAsync(Backup.FromJson(sanitized)));
    }

    /// <summary>Label, key, names of fields, and the references.</summary>
    private static string Shape(JsonElement record)
    {
        var label = ModelLabel.Parse(record.GetProperty("model").GetString()!);
        var references = Sentry.Find(label)!.References.Select(reference => reference.Fields[0]).ToHashSet();
        var fields = record.GetProperty("fields").EnumerateObject()
            .Select(member => references.Contains(member.Name) ? $"{member.Name}={member.Value.GetRawText()}" : $"{member.Name}:{member.Value.ValueKind}");
        return $"{label} {record.GetProperty("pk").GetRawText()} {string.Join(' ', fields)}";
    }

    private static async Task<string> ImportAsync(Backup backup)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Cancel);
        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            await ModelSchema.CreateAsync(transaction, Sentry, SqliteEngine.Instance, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        return (await new BackupImporter(Sentry, SqliteEngine.Instance).ImportAsync(connection, backup, Cancel)).Map.ToSnapshot();
    }

    private static SanitizeOptions Options(string? seed) => new() { Model = Sentry, Rules = SentrySanitizing.Rules(Sentry), Seed = seed };

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static RelocationField Text(string name) => new() { Name = name, Column = name, Type = FieldType.Text, StoreType = "any" };

    private static RelocationEntity Entity(string label, KeyPolicy policy, RelocationField[] key, RelocationField[] fields, string[] references) => new()
    {
        Label = ModelLabel.Parse(label),
        Table = label,
        Key = new RelocationKey { Fields = key, Policy = policy },
        Fields = fields,
        References = [.. references.Select(field => new RelocationReference { Name = field, Fields = [field], Target = ModelLabel.Parse("people.person") })],
    };
}

using System.Text.Json;
using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

public sealed class OtherCommandTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Inspect_shows_what_a_backup_holds_without_a_model()
    {
        var backup = Write();

        var outcome = (await _workplace.RunAsync("inspect", "backup.json")).With(0);

        Assert.Equal(
            """
            | Model         | Records | Runs | Bytes | Keys      | Range    | Fields |
            | ------------- | ------: | ---: | ----: | --------- | -------- | -----: |
            | shop.country  |       1 |    1 |    72 | text      | (hidden) |      1 |
            | shop.category |       2 |    2 |   137 | integer   | -3 to 12 |      2 |
            | shop.catagory |       1 |    1 |    54 | composite | (1,2)    |      0 |

            Fields, with the number of records where not all have them:
              shop.country: name
              shop.category: name, colour (1)
              shop.catagory: 

            backup.json: 4 records of 3 models in 4 runs, 271 bytes.

            """.ReplaceLineEndings("\n"),
            outcome.Output);
        Assert.Equal(271, new FileInfo(backup).Length);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task Inspect_holds_a_backup_against_a_model()
    {
        Write();
        string[] arguments = ["inspect", "backup.json", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext"];

        var text = (await _workplace.RunAsync(arguments)).With(0).Output;
        Assert.Contains("Models that ShopContext does not know:\n  shop.catagory (near: shop.category)\n", text, StringComparison.Ordinal);
        Assert.Contains("Fields that ShopContext does not know:\n  shop.category: colour\n", text, StringComparison.Ordinal);

        var labels = (await _workplace.RunAsync([.. arguments, "--json"])).With(0).Json().GetProperty("labels").EnumerateArray().ToList();
        Assert.Equal([2, 1], labels.Take(2).Select(label => label.GetProperty("importOrder").GetInt32()));
        Assert.False(labels[2].GetProperty("isKnown").GetBoolean());
        Assert.False(labels[0].TryGetProperty("lowestKey", out _));
        Assert.Equal(-3, labels[1].GetProperty("lowestKey").GetInt64());
        Assert.Equal(1, labels[1].GetProperty("fields").GetProperty("colour").GetInt64());
    }

    [Fact]
    public async Task Inspect_shows_which_label_is_which_entity_and_how_fields_fit()
    {
        _workplace.Write("old.json", """
            [{"model": "press.writer", "pk": 5, "fields": {"full_name": "Ida", "shoe_size": 38, "tokn": "x"}},
            {"model": "press.article", "pk": 8, "fields": {"headline": "One", "words": 10, "legacy_code": 1, "writer": 5}},
            {"model": "press.advert", "pk": 1, "fields": {}},
            {"model": "pres.author", "pk": 6, "fields": {}}]
            """);
        string[] arguments = ["inspect", "old.json", "--assembly", Workplace.ShopAssembly, "--context", "PressContext"];

        var text = (await _workplace.RunAsync(arguments)).With(0).Output;
        var json = (await _workplace.RunAsync([.. arguments, "--json"])).With(0).Json();

        Assert.Contains(
            """
            | Label         | Entity       | Table    | Matched | Renamed | Dropped | Unknown | Absent |
            | ------------- | ------------ | -------- | ------: | ------: | ------: | ------: | -----: |
            | press.writer  | press.author | Authors  |       0 |       1 |       1 |       1 |      4 |
            | press.article | press.piece  | Articles |       1 |       2 |       1 |       0 |      1 |
            | pres.author   | (none)       |          |         |         |         |         |        |
            | press.advert  | (dropped)    |          |         |         |         |         |        |

            Models that PressContext does not know:
              pres.author (near: press.author)

            Fields that PressContext does not know:
              press.writer: tokn (near: token)

            Fields that no record has, and what becomes of them:
              press.writer: joined_at (declared default), token (declared default), desk.floor (declared default), desk.office (refused)
              press.article: state (declared default)


            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
        var writer = json.GetProperty("labels")[0];
        Assert.Equal(("press.author", "Authors"), (writer.GetProperty("entity").GetString(), writer.GetProperty("table").GetString()));
        Assert.Equal(
            ["full_name renamed name ", "shoe_size dropped  ", "tokn unknown  token"],
            writer.GetProperty("matches").EnumerateArray().Select(match =>
                $"{match.GetProperty("field")} {match.GetProperty("kind")} {Texts(match, "names")} {Texts(match, "nearMisses")}"));
        Assert.True(json.GetProperty("labels")[2].GetProperty("isDropped").GetBoolean());
        Assert.Empty(json.GetProperty("absentModels").EnumerateArray());

        static string Texts(JsonElement element, string name) =>
            string.Join(',', element.GetProperty(name).EnumerateArray().Select(text => text.GetString()));
    }

    [Fact]
    public async Task Inspect_looks_into_owned_objects_json_and_lists()
    {
        _workplace.Write("nested.json", """
            [{"model": "everything.person", "pk": 1, "fields": {"code": "7e7b1b1c-3f5c-4e2c-9e38-0f0e4f6d2a11", "name": "n",
              "address": {"stret": "s", "place": {"toun": "t"}}, "second": null, "active": {"from": "2024-01-01"},
              "notes": [{"Text": "a", "Texd": "b", "Place": {"Twn": "x"}}], "skills": [],
              "phones": [{"number": "1", "nomber": "2", "calls": [{"secnds": 5}]}]}},
             {"model": "everything.sample", "pk": 1, "fields": {"json": {"anything": {"goes": 1}}}}]
            """);
        string[] arguments = ["inspect", "nested.json", "--assembly", Workplace.ShopAssembly, "--context", "EverythingContext"];

        var text = (await _workplace.RunAsync(arguments)).With(0).Output;
        var json = (await _workplace.RunAsync([.. arguments, "--json"])).With(0).Json();

        Assert.Contains("everything.person: address.place.toun", text, StringComparison.Ordinal);
        Assert.Contains("address.stret (near: street)", text, StringComparison.Ordinal);
        Assert.Contains("address.street (refused)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("second.street", text, StringComparison.Ordinal);
        var unknown = json.GetProperty("labels")[0].GetProperty("unknownFields").EnumerateArray().Select(field => field.GetString());
        Assert.Equal(
            ["address.place.toun", "address.stret", "notes.Place.Twn", "notes.Texd", "phones.calls.secnds", "phones.nomber"],
            unknown);
        Assert.Empty(json.GetProperty("labels")[1].GetProperty("unknownFields").EnumerateArray());
    }

    [Fact]
    [Case("messages/animal")]
    public async Task Inspect_does_not_miss_the_field_that_names_the_type_where_the_label_does()
    {
        var backup = await File.ReadAllTextAsync(Repository.Shared("cases", "messages", "animal.json"), TestContext.Current.CancellationToken);
        _workplace.Write("animal.json", backup.Replace("zoo.", "everything.", StringComparison.Ordinal));
        string[] arguments = ["inspect", "animal.json", "--assembly", Workplace.ShopAssembly, "--context", "EverythingContext"];

        var text = (await _workplace.RunAsync(arguments)).With(0).Output;
        var imported = (await _workplace.RunAsync(["import", .. arguments[1..], "--json"])).With(0).Json();

        Assert.DoesNotContain("refused", text, StringComparison.Ordinal);
        Assert.Contains("everything.animal", text, StringComparison.Ordinal);
        Assert.Equal(1, imported.GetProperty("models")[0].GetProperty("inserted").GetInt32());
    }

    [Fact]
    public async Task Import_tells_declared_drift_from_undeclared()
    {
        _workplace.Write("old.json", """
            [{"model": "press.writer", "pk": 5, "fields": {"full_name": "Ida", "desk": {"office": "1"}}},
            {"model": "press.advert", "pk": 1, "fields": {}}]
            """);
        string[] arguments =
        [
            "import", "old.json", "--assembly", Workplace.ShopAssembly, "--context", "PressContext", "--refuse-unknown-models",
            "--refuse-unknown-fields", "--refuse-absent-fields",
        ];

        var text = (await _workplace.RunAsync(arguments)).With(0).Output;
        var json = (await _workplace.RunAsync([.. arguments, "--json"])).With(0).Json();

        Assert.Contains(
            "As declared for older backups:\n  press.advert, dropped: 1 record, first at line 2, column 1, /1\n", text, StringComparison.Ordinal);
        Assert.Contains("Imported 1 of 2 records (1 of models that no longer exist)", text, StringComparison.Ordinal);
        Assert.Equal(
            ["modelDropped", "modelRenamed", "fieldRenamed", "fieldAdded", "fieldAdded", "fieldAdded"],
            json.GetProperty("drift").GetProperty("declared").EnumerateArray().Select(drift => drift.GetProperty("kind").GetString()));
        _workplace.Write("old.json", """[{"model": "press.author", "pk": 5, "fields": {"name": "Ida", "desk": {"office": "1"}, "age": 3}}]""");
        Assert.Contains("does not know field 'age'", (await _workplace.RunAsync(arguments)).With(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_knows_every_label_of_a_complete_sentry_backup()
    {
        var result = (await _workplace.RunAsync("inspect", Workplace.Fixture("sentry/organization.json"), "--model", "sentry@24.7.0", "--json")).With(0).Json();

        Assert.Equal("sentry@24.7.0", result.GetProperty("model").GetString());
        Assert.All(result.GetProperty("labels").EnumerateArray(), label => Assert.True(label.GetProperty("isKnown").GetBoolean()));
        Assert.Equal(136, result.GetProperty("records").GetInt32());
    }

    [Fact]
    public async Task Reset_empties_all_tables_or_those_of_a_model_but_kept_ones()
    {
        (await _workplace.RunAsync("import", Workplace.Fixture("sentry/organization.json"), "--database", "sentry_test.db")).With(0);
        _workplace.Scalar("sentry_test.db", "CREATE TABLE other AS SELECT 1 AS id");

        (await _workplace.RunAsync("reset", "--database", "sentry_test.db", "--keep", "othr")).With(2);
        Assert.Equal(3L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM sentry_useremail"));

        var result = (await _workplace.RunAsync("reset", "--database", "sentry_test.db", "--model", "sentry", "--json")).With(0).Json();
        Assert.Equal("emptied", result.GetProperty("status").GetString());
        Assert.Equal(0L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM sentry_useremail"));
        (await _workplace.RunAsync("reset", "--database", "sentry_test.db", "--keep", "other")).With(0);
        Assert.Equal(1L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM other"));

        var all = (await _workplace.RunAsync("reset", "--database", "sentry_test.db")).With(0);
        Assert.Equal("Emptied SQLite database 'sentry_test.db'.\n", all.Output);
        Assert.Equal(0L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM other"));
    }

    [Fact]
    public async Task Version_and_help_are_results()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", (await _workplace.RunAsync("--version")).With(0).Output);
        foreach (var arguments in (string[][])[["--help"], ["import", "--help"], ["inspect", "--help"], ["reset", "-h"]])
        {
            var help = (await _workplace.RunAsync(arguments)).With(0);
            Assert.Contains("Exit codes:", help.Output, StringComparison.Ordinal);
            Assert.Equal(arguments.Length > 1, help.Output.Contains("Examples:\n  relocation ", StringComparison.Ordinal));
            Assert.Empty(help.Error);
        }
    }

    private string Write() => _workplace.Write(
        "backup.json",
        """
        [{"model": "shop.country", "pk": "DE", "fields": {"name": "Deutschland"}},
        {"model": "shop.category", "pk": 12, "fields": {"name": "a"}},
        {"model": "shop.catagory", "pk": [1, 2], "fields": {}},
        {"model": "shop.category", "pk": -3, "fields": {"name": "b", "colour": "c"}}]
        """.ReplaceLineEndings("\n"));
}

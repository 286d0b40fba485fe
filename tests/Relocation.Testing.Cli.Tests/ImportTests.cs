using System.IO.Compression;

namespace Relocation.Testing.Cli.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly Workplace _workplace = new();

    private static string Organization => Workplace.Fixture("sentry/organization.json");

    private static string Shop => Workplace.Fixture("shop/complete.json");

    private static string[] ShopModel => ["--assembly", Workplace.ShopAssembly, "--context", "ShopContext"];

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("user", 11, 13, "users")]
    [InlineData("organization", 99, 100, "organizations")]
    [InlineData("config", 23, 25, "config")]
    [InlineData("global", 136, 136, "global")]
    public async Task Sentry_backup_is_imported_as_Sentry_does_in_each_scope(string scope, int inserted, int inScope, string alias)
    {
        // Two options of users are about an organization and a project, which the smaller scopes leave out.
        var outcome = (await _workplace.RunAsync("import", Organization, "--scope", scope, "--database", "sentry_test.db", "--json")).With(0);
        var aliased = (await _workplace.RunAsync("import", alias, Organization, "--database", "alias_test.db", "--json")).With(0);
        Assert.Equal(outcome.Output.Replace("sentry_test.db", "alias_test.db", StringComparison.Ordinal), aliased.Output);
        Assert.Equal(scope == "global" ? 0L : 3L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM sentry_lostpasswordhash"));

        var result = outcome.Json();
        var counts = result.GetProperty("counts");
        Assert.Equal(inserted, counts.GetProperty("inserted").GetInt32());
        Assert.Equal(136 - inScope, counts.GetProperty("outOfScope").GetInt32());
        Assert.Equal(inserted, result.GetProperty("map").GetProperty("records").GetInt32());
        Assert.True(result.GetProperty("database").GetProperty("createdSchema").GetBoolean());
        Assert.Equal(
            inserted,
            result.GetProperty("models").EnumerateArray().Sum(model => model.GetProperty("inserted").GetInt32()));
        Assert.Equal(1L, _workplace.Scalar("sentry_test.db", "SELECT count(*) FROM sentry_useremail WHERE id = 1"));
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task Import_without_options_takes_everything_into_a_database_that_is_gone_afterwards()
    {
        var outcome = (await _workplace.RunAsync("import", Organization)).With(0);

        Assert.Contains("\nPrimary keys:\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("  sentry.organization 4554321098765313 -> 1\n", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "Imported 136 of 136 records as sentry@head, scope global, into a temporary SQLite database.\n",
            outcome.Output,
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_workplace.Folder));
    }

    [Fact]
    public async Task Elements_of_members_that_become_rows_are_counted_below_their_model()
    {
        var backup = _workplace.Write("museum.json", """
            [{"model": "museum.visitor", "pk": 1, "fields": {"card": "A", "email": "a", "tickets": [
                {"code": "t1", "entries": [{"day": "2024-05-01"}, {"day": "2024-05-02"}]}, {"code": "t2", "entries": [{"day": "2024-05-03"}]}]}},
             {"model": "museum.visitor", "pk": 2, "fields": {"card": "B", "email": "b", "tickets": []}}]
            """);
        string[] arguments = ["import", backup, "--assembly", Workplace.ShopAssembly, "--context", "MuseumContext"];

        var shown = (await _workplace.RunAsync(arguments)).With(0);
        var members = (await _workplace.RunAsync([.. arguments, "--json"])).With(0).Json().GetProperty("members");

        Assert.StartsWith(
            """
            | Model                          | Records | Inserted |
            | ------------------------------ | ------: | -------: |
            | museum.visitor                 |       2 |        2 |
            | museum.visitor tickets         |       2 |        2 |
            | museum.visitor tickets.entries |       3 |        3 |


            """.ReplaceLineEndings("\n"),
            shown.Output,
            StringComparison.Ordinal);
        Assert.Equal(
            """[{"model":"museum.visitor","member":"tickets","elements":2,"inserted":2,"existing":0,"ofExisting":0,"dropped":0},"""
            + """{"model":"museum.visitor","member":"tickets.entries","elements":3,"inserted":3,"existing":0,"ofExisting":0,"dropped":0}]""",
            System.Text.Json.JsonSerializer.Serialize(members));
    }

    [Fact]
    public async Task Context_of_an_assembly_is_imported_with_its_own_schema()
    {
        var outcome = (await _workplace.RunAsync(["import", Shop, .. ShopModel, "--database", "shop_test.db"])).With(0);

        Assert.Equal(
            """
            | Model                | Records | Inserted |
            | -------------------- | ------: | -------: |
            | shop.category        |       4 |        4 |
            | shop.country         |       4 |        4 |
            | shop.product         |       4 |        4 |
            | shop.tag             |       3 |        3 |
            | shop.producttag      |       5 |        5 |
            | shop.store           |       3 |        3 |
            | shop.customer        |       4 |        4 |
            | shop.customerprofile |       3 |        3 |
            | shop.employee        |       4 |        4 |
            | shop.review          |       4 |        4 |
            | shop.voucher         |       3 |        3 |
            | shop.order           |       5 |        5 |
            | shop.orderline       |       8 |        8 |
            | shop.returneditem    |       3 |        3 |

            Imported 57 of 57 records as ShopContext, into SQLite database 'shop_test.db'.

            """.ReplaceLineEndings("\n"),
            outcome.Output);
        Assert.Equal(8L, _workplace.Scalar("shop_test.db", "SELECT count(*) FROM OrderLines"));
    }

    [Fact]
    public async Task Second_import_leaves_the_schema_and_continues_the_keys()
    {
        var arguments = new[] { "import", Workplace.Fixture("sentry/drift.json"), "--database", "Data Source=sentry_test.db", "--json", "--map", "-" };
        (await _workplace.RunAsync(arguments)).With(1);
        _workplace.Scalar("sentry_test.db", "UPDATE sqlite_sequence SET seq = 500");
        _workplace.Scalar("sentry_test.db", "DELETE FROM sentry_organization");
        var before = await File.ReadAllBytesAsync(_workplace.PathOf("sentry_test.db"), TestContext.Current.CancellationToken);

        // The other rows are still there, and some of their values are unique.
        (await _workplace.RunAsync(arguments)).With(1);
        Assert.Equal(before, await File.ReadAllBytesAsync(_workplace.PathOf("sentry_test.db"), TestContext.Current.CancellationToken));

        (await _workplace.RunAsync("reset", "--database", "sentry_test.db")).With(0);
        _workplace.Scalar("sentry_test.db", "INSERT INTO sqlite_sequence (name, seq) VALUES ('sentry_organization', 500)");
        var result = (await _workplace.RunAsync(arguments)).With(1).Json();
        Assert.Equal("findings", result.GetProperty("status").GetString());
        var organization = result.GetProperty("map").GetProperty("entries").EnumerateArray()
            .Single(entry => entry.GetProperty("model").GetString() == "sentry.organization");
        Assert.Equal(501, organization.GetProperty("new").GetInt64());
        Assert.Equal("inserted", organization.GetProperty("kind").GetString());
        Assert.False(result.GetProperty("database").GetProperty("createdSchema").GetBoolean());
    }

    [Fact]
    public async Task Drift_is_listed_and_by_option_refused()
    {
        var drift = Workplace.Fixture("sentry/drift.json");
        var listed = (await _workplace.RunAsync("import", drift)).With(1).Output;
        Assert.Contains("Models that are not known, left out:\n  sentry.actor: 2 records, first at line 65, column 3, /4\n", listed, StringComparison.Ordinal);
        Assert.Contains("\n  sentry.user.nickname: 1 record, first at line 19, column 19, /0/fields/nickname\n", listed, StringComparison.Ordinal);
        Assert.Contains("\n  and 20 more; --json lists all.\n", listed, StringComparison.Ordinal);

        var models = (await _workplace.RunAsync("import", drift, "--refuse-unknown-models")).With(1);
        Assert.Contains("'sentry.pigeon'", models.Error, StringComparison.Ordinal);
        var fields = (await _workplace.RunAsync("import", drift, "--refuse-unknown-fields", "--json")).With(1).Json();
        Assert.Contains(
            fields.GetProperty("error").GetProperty("problems").EnumerateArray(),
            problem => problem.GetProperty("kind").GetString() == "unknownField");
    }

    [Fact]
    public async Task Unresolved_references_fail_or_are_dropped_as_asked()
    {
        var backup = _workplace.Write("backup.json", """
            [
              {"model": "shop.category", "pk": 1, "fields": {"name": "secret name", "slug": "a", "parent_id": 99}},
              {"model": "shop.category", "pk": 2, "fields": {"name": "b", "slug": "b", "parent_id": 1}},
              {"model": "shop.category", "pk": 3, "fields": {"name": "c", "slug": "c", "parent_id": null}}
            ]
            """);
        var failed = (await _workplace.RunAsync(["import", backup, .. ShopModel])).With(1);
        Assert.Contains(":2:", failed.Error, StringComparison.Ordinal);
        Assert.Contains("--unresolved drop", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret name", failed.Error, StringComparison.Ordinal);

        var dropped = (await _workplace.RunAsync(["import", backup, .. ShopModel, "--unresolved", "drop"])).With(0);
        Assert.Contains(
            "Dropped:\n  shop.category 1 at line 2, column 3, /0: shop.category.parent_id leads to shop.category 99, which the backup does not hold\n",
            dropped.Output,
            StringComparison.Ordinal);
        Assert.Contains("Imported 1 of 3 records (2 dropped)", dropped.Output, StringComparison.Ordinal);

        var emptied = (await _workplace.RunAsync(["import", backup, .. ShopModel, "--unresolved", "set-null", "--json"])).With(0).Json();
        Assert.Equal(1, emptied.GetProperty("counts").GetProperty("referencesSetToNull").GetInt32());
    }

    [Fact]
    public async Task Map_goes_to_a_file_or_alone_to_standard_output()
    {
        Directory.CreateDirectory(_workplace.PathOf("keys"));
        (await _workplace.RunAsync(["import", Shop, .. ShopModel, "--map", "keys/map.txt", "--references"])).With(0);
        var shown = (await _workplace.RunAsync(["import", Shop, .. ShopModel, "--map", "-", "--references"])).With(0);

        Assert.Equal(await File.ReadAllTextAsync(_workplace.PathOf("keys/map.txt"), TestContext.Current.CancellationToken) + "\n", shown.Output);
        Assert.StartsWith("relocation pk map 1\n57 records of 14 models\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\nshop.category 12 -> 2 inserted parent_id=shop.category#15\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Imported 57 of 57 records", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approved_map_passes_when_equal_and_fails_when_not()
    {
        var missing = (await _workplace.RunAsync(["import", Shop, .. ShopModel, "--approved", "keys.verified.txt"])).With(1);
        Assert.Contains("Nothing is approved yet.", missing.Output, StringComparison.Ordinal);
        File.Move(_workplace.PathOf("keys.received.txt"), _workplace.PathOf("keys.verified.txt"));

        var equal = (await _workplace.RunAsync(["import", Shop, .. ShopModel, "--approved", "keys.verified.txt", "--json"])).With(0).Json();
        Assert.True(equal.GetProperty("approved").GetProperty("matches").GetBoolean());

        var less = (await File.ReadAllTextAsync(Shop, TestContext.Current.CancellationToken)).Replace(
            """{"model": "shop.tag", "pk": 3,""", """{"model": "shop.tag", "pk": 33,""", StringComparison.Ordinal)
            .Replace("\"pk\": [100, 3]", "\"pk\": [100, 33]", StringComparison.Ordinal);
        var backup = _workplace.Write("other.json", less);
        var different = (await _workplace.RunAsync(["import", backup, .. ShopModel, "--unresolved", "drop", "--approved", "keys.verified.txt"])).With(1);
        Assert.Contains("The snapshot is not what was approved.", different.Output, StringComparison.Ordinal);
        Assert.Contains("shop.tag 33", different.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_workplace.PathOf("keys.received.txt")));

        var json = (await _workplace.RunAsync(["import", backup, .. ShopModel, "--unresolved", "drop", "--approved", "keys.verified.txt", "--json"])).With(1).Json();
        Assert.Equal("mismatch", json.GetProperty("status").GetString());
        Assert.False(json.GetProperty("approved").GetProperty("matches").GetBoolean());
    }

    [Fact]
    public async Task Backup_may_come_through_standard_input_or_compressed()
    {
        var text = await File.ReadAllTextAsync(Organization, TestContext.Current.CancellationToken);
        var piped = (await _workplace.RunAsync(text, ["import", "-", "--scope", "organization"])).With(0);
        Assert.Contains("Imported 99 of 136 records", piped.Output, StringComparison.Ordinal);

        await using (var file = new GZipStream(File.Create(_workplace.PathOf("backup.json.gz")), CompressionLevel.Fastest))
        {
            await file.WriteAsync(File.ReadAllBytes(Organization), TestContext.Current.CancellationToken);
        }

        var unpacked = (await _workplace.RunAsync("import", "backup.json.gz", "--scope", "organization")).With(0);
        Assert.Equal(piped.Output, unpacked.Output);
    }

    [Fact]
    public async Task Redirected_output_has_no_escape_sequences_even_when_a_backup_holds_some()
    {
        var backup = _workplace.Write("backup.json", """[{"model": "evil.\u001b[31mred", "pk": 1, "fields": {"\u001b]0;x": 1}}]""");
        foreach (var arguments in (string[][])[["import", backup], ["inspect", backup], ["import", "no\u001b[31m.json"], ["import", "--help"]])
        {
            var outcome = await _workplace.RunAsync(arguments);
            Assert.DoesNotContain(outcome.Output + outcome.Error, character => char.IsControl(character) && character != '\n');
        }
    }

    [Fact]
    public async Task Values_show_only_when_asked_for()
    {
        var hidden = (await _workplace.RunAsync(["import", Shop, .. ShopModel])).With(0);
        Assert.Contains("  shop.country (hidden) -> (hidden)\n", hidden.Output, StringComparison.Ordinal);
        var shown = (await _workplace.RunAsync(["import", Shop, .. ShopModel, "--include-values"])).With(0);
        Assert.Contains("  shop.country \"DE\" -> \"DE\"\n", shown.Output, StringComparison.Ordinal);
    }
}

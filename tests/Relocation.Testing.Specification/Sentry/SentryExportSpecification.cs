using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>Sentry's four export scopes, their filters and hooks; and the same as encrypted tarballs.</summary>
public abstract class SentryExportSpecification(DatabaseUnderTest engine)
{
    private static readonly string[] Volatile = ["sentry:install-id", "sentry:last_worker_ping", "sentry:last_worker_version", "sentry:latest_version"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("User")]
    [InlineData("Organization")]
    [InlineData("Config")]
    [InlineData("Global")]
    [Parity("12.6", "test_user_export_scoping")]
    [Parity("12.6", "test_organization_export_scoping")]
    [Parity("12.6", "test_config_export_scoping")]
    [Parity("12.6", "test_global_export_scoping")]
    public async Task Exactly_the_models_of_the_scope_are_exported_and_the_tarball_holds_the_same(string scopeName)
    {
        var scope = SentryScopes.Parse(scopeName);
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(Backup.FromFile(Repository.Fixture("sentry", "organization.json")), SentryScopes.Global);
        using var rsa = RSA.Create(2048);

        var plain = await ExportAsync(database, scope);
        using var tarball = new MemoryStream();
        await database.ExportAsync(BackupDestination.ToStream(tarball).EncryptedWith(BackupEncryptor.FromPem(rsa.ExportSubjectPublicKeyInfoPem())), scope);
        tarball.Position = 0;
        using var decrypted = new MemoryStream();
        await Backup.FromStream(tarball).DecryptedWith(BackupDecryptor.FromPem(rsa.ExportPkcs8PrivateKeyPem())).CopyToAsync(BackupDestination.ToStream(decrypted), Cancel);

        Assert.True(JsonNode.DeepEquals(plain, JsonNode.Parse(decrypted.ToArray())));
        Assert.DoesNotContain((byte)'\n', decrypted.ToArray());
        var model = SentryModel.Create(database.Engine);
        var labels = plain.Select(Label).Distinct().ToList();
        Assert.All(labels, label => Assert.Contains(model.Find(ModelLabel.Parse(label))!.Scopes, scope.Takes));
        Assert.True(labels.Count > (scopeName == "User" ? 3 : 6), $"{labels.Count} models are too few.");
        Assert.Equal(labels, plain.Select(Label).Aggregate(new List<string>(), (runs, label) => runs.Count > 0 && runs[^1] == label ? runs : [.. runs, label]));
        if (scope == SentryScopes.Global)
        {
            foreach (var entity in model.Entities.Where(entity => !entity.Scopes.Contains("Excluded")))
            {
                Assert.Equal(await database.TextAsync($"SELECT count(*) FROM {entity.Table}"), plain.Count(record => Label(record) == entity.Label.Value).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    [Theory]
    [Case("sentry/list-text")]
    [Case("sentry/list-empty-text")]
    [InlineData("['count()', 'user']", "[\"count()\", \"p95()\"]", "['count()', 'user']", "[\"count()\", \"p95()\"]")]
    [InlineData("['a \"b\" it\\'s']", "[\"é\", \"a\\\"b\", \"a\\\\b\", \"line\\nend\"]", "['a \"b\" it\\'s']", "[\"é\", \"a\\\"b\", \"a\\\\b\", \"line\\nend\"]")]
    [InlineData("[]", "[]", "[]", "[]")]
    [InlineData("", "", "[]", "[]")]
    [InlineData("[\"a\",\"b\"]", "[\"a\",\"b\"]", "['a', 'b']", "[\"a\", \"b\"]")]
    public async Task Lists_in_text_are_written_as_Sentry_writes_them(string fields, string columns, string writtenFields, string writtenColumns)
    {
        var records = new SentryRecords().User(1, "owner").Organization(1, "acme").Add("dashboard", 1, ("title", "d"), ("created_by_id", 1), ("organization", 1))
            .Add("dashboardwidget", 1, ("dashboard", 1), ("order", 0), ("title", "w"), ("display_type", 0))
            .Add("dashboardwidgetquery", 1, ("widget", 1), ("name", ""), ("fields", fields), ("conditions", ""), ("columns", columns), ("order", 0));
        await using var database = await FilledAsync(records);

        var exported = await ExportAsync(database, SentryScopes.Organization);

        Assert.Equal([writtenFields], Values(exported, "sentry.dashboardwidgetquery", "fields"));
        Assert.Equal([writtenColumns], Values(exported, "sentry.dashboardwidgetquery", "columns"));
    }

    [Fact]
    [Parity("12.6", "test_export_filter_users")]
    public async Task Users_are_chosen_by_name_with_what_they_own()
    {
        await using var database = await FilledAsync(SentryRecords.FourUsers());

        var records = await ExportAsync(database, SentryScopes.User, "max");

        Assert.Equal(["max"], Values(records, "sentry.user", "username"));
        Assert.Equal(["max@example.com"], Values(records, "sentry.useremail", "email"));
        Assert.Equal(["max@example.com"], Values(records, "sentry.email", "email"));
    }

    [Fact]
    [Parity("12.6", "test_export_filter_users_shared_email")]
    public async Task Shared_address_comes_once_whatever_the_case_of_its_letters()
    {
        await using var database = await FilledAsync(SentryRecords.FourUsers());
        await database.RunAsync("UPDATE sentry_useremail SET email = 'ALL@example.com' WHERE user_id = 3");

        var records = await ExportAsync(database, SentryScopes.User, "max", "roles", "nobody");

        Assert.Equal(["max", "roles"], Values(records, "sentry.user", "username"));
        Assert.Equal(["ALL@example.com", "max@example.com"], Values(records, "sentry.useremail", "email"));
        Assert.Equal(["all@example.com", "max@example.com"], Values(records, "sentry.email", "email"));
    }

    [Fact]
    [Parity("12.6", "test_export_filter_users_empty")]
    public async Task Empty_filter_of_users_exports_an_empty_array()
    {
        await using var database = await FilledAsync(SentryRecords.FourUsers());

        Assert.Empty(await ExportAsync(database, SentryScopes.User, []));
    }

    [Fact]
    [Parity("12.6", "test_export_filter_orgs_single")]
    public async Task Organization_brings_members_invited_by_outsiders_and_pending_invites_and_nobody_of_others()
    {
        await using var database = await FilledAsync(ThreeOrganizations());

        var records = await ExportAsync(database, SentryScopes.Organization, "one");

        Assert.Equal(["one"], Values(records, "sentry.organization", "slug"));
        Assert.Equal(["ada", "ben"], Values(records, "sentry.user", "username"));
        Assert.Equal(["ada@example.com", "ben@example.com"], Values(records, "sentry.email", "email"));
        var members = records.Where(record => Label(record) == "sentry.organizationmember").Select(record => $"{record!["fields"]!["user_id"]} {record["fields"]!["inviter_id"]}");
        Assert.Equal(["1 3", "2 ", " 3"], members);
    }

    [Fact]
    [Parity("12.6", "test_export_filter_orgs_multiple")]
    public async Task Several_organizations_bring_the_members_of_all()
    {
        await using var database = await FilledAsync(ThreeOrganizations());

        var records = await ExportAsync(database, SentryScopes.Organization, "one", "three");

        Assert.Equal(["one", "three"], Values(records, "sentry.organization", "slug"));
        Assert.Equal(["ada", "ben", "dan"], Values(records, "sentry.user", "username"));
    }

    [Fact]
    [Parity("12.6", "test_export_filter_orgs_empty")]
    public async Task Empty_filter_of_organizations_exports_an_empty_array()
    {
        await using var database = await FilledAsync(ThreeOrganizations());

        Assert.Empty(await ExportAsync(database, SentryScopes.Organization, []));
    }

    [Fact]
    [Parity("12.6", "test_export_keep_only_admin_users_in_config_scope")]
    public async Task Config_scope_keeps_only_users_with_a_flag_a_permission_or_a_role()
    {
        await using var database = await FilledAsync(SentryRecords.FourUsers());

        var records = await ExportAsync(database, SentryScopes.Config);

        Assert.Equal(["flags", "max", "roles"], Values(records, "sentry.user", "username"));
        Assert.Equal(["all@example.com", "max@example.com"], Values(records, "sentry.email", "email"));
    }

    [Fact]
    [Parity("12.6", "test_export_query_for_option_model")]
    public async Task Volatile_options_are_left_out_in_config_scope()
    {
        await using var database = await FilledAsync(Options());

        Assert.Equal(["kept"], Values(await ExportAsync(database, SentryScopes.Config), "sentry.option", "key"));
        Assert.Equal(["kept"], Values(await ExportAsync(database, SentryScopes.Config), "sentry.controloption", "key"));
    }

    [Fact]
    public async Task Defect_20_volatile_options_stay_in_a_global_export_unless_they_are_to_be_left_out()
    {
        await using var database = await FilledAsync(Options());

        Assert.Equal(Volatile.Append("kept").Order(StringComparer.Ordinal), Values(await ExportAsync(database, SentryScopes.Global), "sentry.option", "key"));
        using var stream = new MemoryStream();
        var result = await database.ExportAsync(
            BackupDestination.ToStream(stream), SentryScopes.Global, new SentryExportOptions { LeaveOutVolatileOptions = true });
        Assert.Equal(["kept"], Values(JsonNode.Parse(stream.ToArray())!.AsArray(), "sentry.option", "key"));
        Assert.Equal(8, result.LeftOut.Sum(left => left.Records));
    }

    [Theory]
    [InlineData("test_at_23_9_1")]
    [InlineData("test_at_23_12_0")]
    [InlineData("test_at_24_5_1")]
    [InlineData("test_at_head_2024-05-16")]
    public async Task Real_backup_is_exported_as_it_was_but_for_fields_that_the_models_have_or_lack(string name)
    {
        await using var database = await engine.SentryImportAsync();
        var original = SentryImports.Records(Repository.Shared("data", "sentry", "releases", $"{name}.json"));
        var model = SentryModel.Create(database.Engine);
        var importer = new BackupImporter(model, database.Engine, new ImportOptions
        {
            Models = model.Entities.ToDictionary(entity => entity.Label, _ => new ModelOptions { Keys = KeyPolicy.Preserve }),
        });
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        {
            await importer.ImportAsync(connection, original.ToBackup(), Cancel);
        }

        var exported = (await ExportAsync(database, SentryScopes.Global)).ToDictionary(record => $"{Label(record)} {record!["pk"]}");
        var compared = 0;
        foreach (var record in original.Where(record => model.Find(ModelLabel.Parse(Label(record))) is not null))
        {
            var fields = exported[$"{Label(record)} {record!["pk"]}"]!["fields"]!.AsObject();
            foreach (var (field, value) in record["fields"]!.AsObject().Where(field => fields.ContainsKey(field.Key)))
            {
                Assert.True(JsonNode.DeepEquals(value, fields[field]), $"{Label(record)} {record["pk"]} {field}: {value?.ToJsonString()} became {fields[field]?.ToJsonString()}");
                compared++;
            }
        }

        Assert.True(compared > 600, $"{compared} values are too few.");
    }

    [Fact]
    [Parity("12.6", "Checkpointer: full")]
    public async Task Checkpoint_that_has_all_some_or_damaged_models_gives_the_same_export()
    {
        await using var database = await FilledAsync(ThreeOrganizations());
        var whole = (await ExportAsync(database, SentryScopes.Organization, "one")).ToJsonString();
        var checkpoint = new MemoryCheckpoint();

        Assert.Equal(whole, await CheckpointedAsync(database, checkpoint));
        var kept = checkpoint.Kept.Keys.Order().ToList();
        Assert.Contains(ModelLabel.Parse("sentry.user"), kept);

        // The rows are gone: what is exported can only be what was kept.
        await database.RunAsync("DELETE FROM sentry_orgauthtoken; DELETE FROM sentry_organizationmember;");
        checkpoint.Stored.Clear();
        Assert.Equal(whole, await CheckpointedAsync(database, checkpoint));
        Assert.Empty(checkpoint.Stored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Checkpoint_in_a_folder_keeps_models_and_takes_damaged_files_for_none(bool isEncrypted)
    {
        using var rsa = RSA.Create(2048);
        using var other = RSA.Create(2048);
        await using var database = await FilledAsync(ThreeOrganizations());
        var whole = (await ExportAsync(database, SentryScopes.Organization, "one")).ToJsonString();
        var folder = Directory.CreateTempSubdirectory("relocation-checkpoint-");
        try
        {
            var place = Path.Combine(folder.FullName, "made when needed");
            Assert.Equal(whole, await CheckpointedAsync(database, In(place, rsa)));
            var user = Assert.Single(Directory.GetFiles(place, "sentry.user.*"));
            Assert.EndsWith(isEncrypted ? "sentry.user.enc.tar" : "sentry.user.json", user, StringComparison.Ordinal);
            Assert.Equal(!isEncrypted, (await File.ReadAllTextAsync(user, Cancel)).Contains("ada", StringComparison.Ordinal));

            // The rows are gone: what is exported can only be what was kept.
            await database.RunAsync("DELETE FROM sentry_orgauthtoken; DELETE FROM sentry_organizationmember;");
            Assert.Equal(whole, await CheckpointedAsync(database, In(place, rsa)));
            var organization = Assert.Single(Directory.GetFiles(place, "sentry.organization.*"));
            await File.WriteAllTextAsync(organization, "[{_", Cancel);
            Assert.Equal(whole, await CheckpointedAsync(database, In(place, rsa)));
            Assert.True(new FileInfo(organization).Length > 10);
            var foreign = JsonNode.Parse(await CheckpointedAsync(database, In(place, other)))!.AsArray();
            Assert.Equal(isEncrypted, !foreign.Any(record => Label(record) == "sentry.orgauthtoken"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        ExportCheckpoint In(string place, RSA key) => isEncrypted
            ? ExportCheckpoint.InFolder(
                place,
                SentryEncryption.Envelope(
                    BackupEncryptor.FromPem(key.ExportSubjectPublicKeyInfoPem()), BackupDecryptor.FromPem(key.ExportPkcs8PrivateKeyPem())))
            : ExportCheckpoint.InFolder(place);
    }

    [Theory]
    [Parity("12.6", "Checkpointer: partial")]
    [Parity("12.6", "Checkpointer: corrupt")]
    [InlineData("[{_")]
    [InlineData("{}")]
    [InlineData("[{\"model\": \"sentry.user\"}]")]
    [InlineData("[{\"model\": \"sentry.email\", \"pk\": 1, \"fields\": {}}]")]
    public async Task Checkpoint_that_is_damaged_counts_as_none_and_is_written_again(string damaged)
    {
        await using var database = await FilledAsync(ThreeOrganizations());
        var whole = (await ExportAsync(database, SentryScopes.Organization, "one")).ToJsonString();
        var checkpoint = new MemoryCheckpoint();
        await CheckpointedAsync(database, checkpoint);
        checkpoint.Kept[ModelLabel.Parse("sentry.user")] = Encoding.UTF8.GetBytes(damaged);
        checkpoint.Kept.Remove(ModelLabel.Parse("sentry.organization"));
        checkpoint.Stored.Clear();

        Assert.Equal(whole, await CheckpointedAsync(database, checkpoint));
        Assert.Equal(["sentry.organization", "sentry.user"], checkpoint.Stored.Select(label => label.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Parity("12.10 export", "test_bad_unknown_model")]
    public Task Unknown_model_is_refused() => MustRefuseAsync("sentry.pigeon", SentryScopes.User, SentryExportErrorKind.UnknownModel);

    [Fact]
    [Parity("12.10 export", "test_bad_unexportable_model")]
    public Task Model_outside_of_the_scope_is_refused() => MustRefuseAsync("sentry.organization", SentryScopes.User, SentryExportErrorKind.UnexportableModel);

    [Fact]
    [Parity("12.10 export", "test_bad_incorrect_silo_mode_for_model")]
    public Task Model_of_the_other_silo_is_refused() =>
        MustRefuseAsync("sentry.user", SentryScopes.User, SentryExportErrorKind.IncorrectSiloModeForModel, SentrySilo.Region);

    [Fact]
    [Parity("12.10 export", "test_bad_unspecified_scope")]
    public Task Missing_scope_is_refused() => MustRefuseAsync("sentry.user", null, SentryExportErrorKind.UnspecifiedScope);

    [Fact]
    public async Task Whole_export_is_refused_in_the_control_silo()
    {
        await using var database = await engine.SentryImportAsync();
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var export = new SentryExport(database.Engine, new SentryExportOptions { Silo = SentrySilo.Control });

        await Assert.ThrowsAsync<InvalidOperationException>(() => export.ExportInGlobalScopeAsync(connection, BackupDestination.ToStream(Stream.Null), Cancel));
    }

    private async Task MustRefuseAsync(string model, ImportScope? scope, SentryExportErrorKind kind, SentrySilo silo = SentrySilo.Monolith)
    {
        await using var database = await FilledAsync(SentryRecords.FourUsers());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var export = new SentryExport(database.Engine, new SentryExportOptions { Silo = silo });
        using var stream = new MemoryStream();

        var refused = await export.ExportByModelAsync(connection, model, scope, BackupDestination.ToStream(stream), Cancel);

        Assert.Equal(kind, refused.Error!.Kind);
        Assert.Equal($"InstanceID(model: '{model}')", refused.Error.On!.ToString());
        Assert.Null(refused.Result);
        Assert.Equal(0, stream.Length);
        Assert.StartsWith($"RpcExportError(\n    kind: {kind},\n    on: InstanceID(model: '{model}'),\n    reason: ", refused.Error.ToPretty(), StringComparison.Ordinal);
    }

    private static async Task<string> CheckpointedAsync(TestDatabase database, ExportCheckpoint checkpoint)
    {
        using var stream = new MemoryStream();
        await database.ExportAsync(
            BackupDestination.ToStream(stream), SentryScopes.Organization, new SentryExportOptions { Checkpoint = checkpoint }, ["one"]);
        return JsonNode.Parse(stream.ToArray())!.ToJsonString();
    }

    private async Task<TestDatabase> FilledAsync(SentryRecords records)
    {
        var database = await engine.SentryImportAsync();
        await database.ImportAsync(records.Backup, SentryScopes.Global);
        return database;
    }

    private static async Task<JsonArray> ExportAsync(TestDatabase database, ImportScope scope, params string[]? filter)
    {
        using var stream = new MemoryStream();
        await database.ExportAsync(BackupDestination.ToStream(stream), scope, filter: filter is [] && scope == SentryScopes.Global ? null : filter);
        return JsonNode.Parse(stream.ToArray())!.AsArray();
    }

    private static Task<JsonArray> ExportAsync(TestDatabase database, ImportScope scope) => ExportAsync(database, scope, filter: null);

    private static string Label(JsonNode? record) => record!["model"]!.GetValue<string>();

    private static IEnumerable<string> Values(JsonArray records, string model, string field) =>
        records.Where(record => Label(record) == model).Select(record => record!["fields"]![field]!.GetValue<string>()).Order(StringComparer.Ordinal);

    private static SentryRecords Options()
    {
        var records = new SentryRecords();
        foreach (var (key, index) in Volatile.Append("kept").Select((key, index) => (key, index + 1)))
        {
            records.Add("option", index, ("key", key), ("value", "\"a\"")).Add("controloption", index, ("key", key), ("value", "\"a\""));
        }

        return records;
    }

    private static SentryRecords ThreeOrganizations()
    {
        var records = new SentryRecords();
        string[] users = ["ada", "ben", "cat", "dan"];
        for (var i = 1; i <= users.Length; i++)
        {
            records.User(i, users[i - 1]).Email(i, $"{users[i - 1]}@example.com").UserEmail(i, i, $"{users[i - 1]}@example.com");
        }

        records.Organization(1, "one").Organization(2, "two").Organization(3, "three")
            .Member(1, 1, 1, ("inviter_id", 3)).Member(2, 1, 2).Member(3, 1, null, ("email", "invited@example.com"), ("inviter_id", 3))
            .Member(4, 2, 3).Member(5, 3, 4).Member(6, 3, 1);
        for (var i = 1; i <= 3; i++)
        {
            records.Add("orgauthtoken", i, ("organization_id", i), ("token_hashed", $"hash{i}"), ("name", "token"));
        }

        return records;
    }
}

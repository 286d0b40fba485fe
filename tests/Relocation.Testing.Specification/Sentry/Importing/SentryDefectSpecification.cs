using System.Text;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>What Sentry's own import gets wrong (docs/sentry-import.md, section 13.2) is right here.</summary>
public abstract class SentryDefectSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Defect_1_nothing_is_dropped_without_its_chain_of_causes()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().Organization(1, "acme").Add("dashboard", 5, ("organization", 1), ("created_by_id", 99), ("title", "d"))
            .Add("dashboardwidget", 6, ("dashboard", 5), ("order", 1), ("title", "w"), ("display_type", 0));

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization);

        Assert.Equal(
            ["sentry.dashboard 5: created_by_id sentry.user 99 Absent", "sentry.dashboardwidget 6: dashboard sentry.dashboard 5 Dropped; created_by_id sentry.user 99 Absent"],
            result.Records.Dropped.Select(drop => $"{drop.Place.Model} {drop.Place.Key}: "
                + string.Join("; ", drop.Causes.Select(cause => $"{cause.Reference} {cause.Target} {cause.TargetKey} {cause.Reason}"))));
    }

    [Fact]
    public async Task Defect_2_every_key_of_a_project_survives()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().Organization(1, "acme").Project(1, 1, "api");
        for (var i = 1; i <= 18; i++)
        {
            records.Add("projectkey", i, ("project", 1), ("label", $"k{i}"), ("public_key", $"{i:x32}"), ("secret_key", $"{i + 100:x32}"));
        }

        foreach (var scope in new[] { SentryScopes.Global, SentryScopes.Organization })
        {
            var result = await database.ImportAsync(records.Backup, scope);

            Assert.Equal(18, result.Map.TargetKeys(ModelLabel.Parse("sentry.projectkey")).Count());
        }

        Assert.Equal("36|36", await database.TextAsync("SELECT count(*), count(DISTINCT public_key) FROM sentry_projectkey"));
    }

    [Fact]
    public async Task Defect_3_chosen_organizations_bring_their_members_addresses()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(1, "ada").User(2, "ben").Email(1, "ada@example.com").Email(2, "ben@example.com")
            .Organization(1, "acme").Member(1, 1, 1);

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization, null, ["acme"]);

        Assert.Equal(KeyMappingKind.Inserted, Assert.Single(result.Map.Of(ModelLabel.Parse("sentry.email"))).Kind);
        Assert.Equal("ada@example.com", await database.TextAsync("SELECT email FROM sentry_email"));
    }

    [Fact]
    public async Task Defect_4_refused_batch_leaves_no_row_behind()
    {
        await using var database = await engine.SentryImportAsync();
        var before = await engine.StateAsync(database);
        await using var connection = await database.OpenConnectionAsync(Cancel);

        var result = await new SentryImport(database.Engine, SentryImports.Options).ImportByModelAsync(
            connection,
            new SentryModelBatch
            {
                Model = "sentry.user",
                Scope = SentryScopes.User,
                ImportUuid = Guid.NewGuid(),
                MinOrdinal = 1,
                Records = new SentryRecords().User(1, "ada").User(2, "ben").User(3, new string('x', 129)).Backup,
            },
            Cancel);

        Assert.Equal(SentryImportErrorKind.ValidationError, result.Error?.Kind);
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Defect_5_error_names_the_record_by_its_own_ordinal_key_and_place()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(11, "ada").User(22, "ben").User(33, new string('x', 129), "x@example.com");

        var refusal = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(records.Backup, SentryScopes.User));

        Assert.Equal(
            """
            RpcImportError(
                kind: ValidationError,
                on: InstanceID(model: 'sentry.user', ordinal: 3),
                left_pk: 33,
                reason: Field 'username' is 129 characters long; column 'username' takes 128. Shorten the value, or widen the column.
            )
            """.ReplaceLineEndings("\n"),
            refusal.Error.ToPretty());
        Assert.Equal("/2/fields/username", refusal.Error.Place?.Pointer);
        using var findings = new MemoryStream();
        await SentryFindings.WriteAsync(findings, refusal.Errors, Cancel);
        Assert.Equal(
            """
            [
              {
                "finding": "RpcImportError",
                "kind": "ValidationError",
                "left_pk": 33,
                "on": {
                  "model": "sentry.user",
                  "ordinal": 3
                },
                "reason": "Field 'username' is 129 characters long; column 'username' takes 128. Shorten the value, or widen the column.",
                "right_pk": null
              }
            ]
            """.ReplaceLineEndings("\n"),
            Encoding.ASCII.GetString(findings.ToArray()));
    }

    /// <summary>Upstream's "pks" of a map are those of the backup, which is seen as soon as an import gives others.</summary>
    [Fact]
    public async Task Defect_6_map_tells_keys_of_the_backup_from_those_of_the_database()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(40, "ada").User(41, "ben").User(42, "cat");
        var user = ModelLabel.Parse("sentry.user");

        await database.ImportAsync(new SentryRecords().User(1, "dan").Backup, SentryScopes.User);
        var result = await database.ImportAsync(records.Backup, SentryScopes.User, filter: ["ada", "cat"]);

        Assert.Equal([40, 42], result.Map.SourceKeys(user).Select(key => key.AsInteger()));
        Assert.Equal(
            await database.TextAsync("SELECT id FROM auth_user WHERE username <> 'dan' ORDER BY id"),
            string.Join('\n', result.Map.TargetKeys(user)));
        Assert.Empty(result.Map.SourceKeys(ModelLabel.Parse("sentry.team")).Concat(result.Map.TargetKeys(ModelLabel.Parse("sentry.team"))));
        Assert.DoesNotContain(ModelLabel.Parse("sentry.team"), result.Map.Models);
    }

    [Fact]
    public async Task Defect_7_ordinals_of_the_ledger_are_positions_in_the_backup_whatever_is_filtered()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords();
        for (var i = 1; i <= 5; i++)
        {
            records.User(i, $"user{i}");
        }

        await database.ImportAsync(
            records.Backup, SentryScopes.User, new SentryImportOptions { Clock = SentryImports.Options.Clock, ChunkSize = 2 }, ["user2", "user5"]);

        Assert.Equal(
            "1|2|{\"2\":1}\n3|4|{}\n5|5|{\"5\":2}",
            await database.TextAsync("SELECT min_ordinal, max_ordinal, inserted_map FROM sentry_controlimportchunk WHERE model = 'sentry.user' ORDER BY min_ordinal"));
    }

    [Fact]
    public async Task Defect_8_resumed_import_still_knows_every_slug()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(new SentryRecords().Organization(1, "acme").Backup, SentryScopes.Organization);
        var records = new SentryRecords().Organization(1, "acme").Organization(2, "free").Project(3, 1, "api").Project(4, 2, "web");
        await Assert.ThrowsAsync<ImportStoppedException>(
            () => database.ImportAsync(records.Backup, SentryScopes.Organization, KilledImport.Options(isResumable: true, ImportStop.AtChunk(3))));

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization, KilledImport.Options(isResumable: true, null));

        Assert.Equal(2, result.Records.ResumedChunks);
        var given = result.Slug(ModelLabel.Parse("sentry.organization"), RecordKey.From(1));
        Assert.StartsWith("acme-", given, StringComparison.Ordinal);
        Assert.Equal("free", result.Slug(ModelLabel.Parse("sentry.organization"), RecordKey.From(2)));
        Assert.Equal("api", result.Slug(ModelLabel.Parse("sentry.project"), RecordKey.From(3)));
        Assert.Equal(
            $"{{\"1\":\"{given}\",\"2\":\"free\"}}",
            await database.TextAsync("SELECT inserted_identifiers FROM sentry_regionimportchunk WHERE model = 'sentry.organization' AND min_source_pk = 1 AND max_source_pk = 2"));
    }

    [Fact]
    public async Task Defect_9_batch_that_wrote_nothing_is_remembered()
    {
        await using var database = await engine.SentryImportAsync();
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var batch = new SentryModelBatch
        {
            Model = "sentry.useremail",
            Scope = SentryScopes.User,
            ImportUuid = Guid.NewGuid(),
            MinOrdinal = 1,
            Records = new SentryRecords().UserEmail(1, 99, "nobody@example.com").Backup,
        };
        var import = new SentryImport(database.Engine, SentryImports.Options);

        var first = await import.ImportByModelAsync(connection, batch, Cancel);
        var second = await import.ImportByModelAsync(connection, batch with { KnownKeys = PrimaryKeyMap.From([]) }, Cancel);

        Assert.Equal((null, null, 0), (first.Error, first.MinOrdinal, first.Map.Count));
        Assert.Equal((null, null, 0), (second.Error, second.MinOrdinal, second.Map.Count));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM sentry_controlimportchunk"));
    }

    [Fact]
    public async Task Defect_10_plain_numbers_that_are_keys_are_followed()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(5, "ada").Organization(1, "acme")
            .Add("servicehook", 1, ("actor_id", 5), ("organization_id", 1), ("url", "https://example.com"), ("guid", "a"))
            .Add("servicehook", 2, ("actor_id", 6), ("organization_id", 1), ("url", "https://example.com"), ("guid", "b"));

        var result = await database.ImportAsync(records.Backup, SentryScopes.Global);

        Assert.Equal($"{result.Map.NewKey("sentry.user", 5)}", await database.TextAsync("SELECT actor_id FROM sentry_servicehook"));
        Assert.Contains("actor_id", Assert.Single(result.Records.Dropped).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defects_11_and_13_backup_is_read_twice_and_no_more_whatever_is_filtered()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords();
        for (var i = 1; i <= 2_000; i++)
        {
            records.User(i, $"user{i}");
        }

        var text = Encoding.UTF8.GetBytes(records.Json);
        foreach (var filter in new string[]?[] { null, ["user7"], [] })
        {
            using var stream = new CountingStream(text);

            await database.ImportAsync(Backup.FromStream(stream), SentryScopes.User, null, filter);

            // What lies beyond two passes is a look at the first bytes and what a buffer holds.
            Assert.InRange(stream.BytesRead, text.Length, (2 * text.Length) + (256 * 1024));
            await database.ResetAsync(Cancel);
        }
    }

    [Fact]
    public async Task Defect_12_counters_are_moved_once_whatever_they_are_called()
    {
        await using var database = await engine.SentryImportAsync();
        if (database.Engine.Name == "PostgreSQL")
        {
            await database.RunAsync("ALTER SEQUENCE sentry_organization_id_seq RENAME TO \"Some other name\"");
        }

        var moved = new List<int>();
        foreach (var count in new[] { 5, 50 })
        {
            var records = new SentryRecords();
            for (var i = 1; i <= count; i++)
            {
                records.Organization(i, $"org{count}-{i}");
            }

            var counted = ImportStop.Never();
            var options = new SentryImportOptions
            {
                Clock = SentryImports.Options.Clock,
                Flags = new SentryImportFlags { ImportUuid = Guid.NewGuid() },
                Stop = counted,
            };
            await database.ImportAsync(records.Backup, SentryScopes.Organization, options);
            moved.Add(counted.Statements - counted.RowStatements);
        }

        await database.RunAsync("""
            INSERT INTO sentry_organizationslugreservation (slug, organization_id, region_name, reservation_type, date_added)
            SELECT 'x' || id, id + 1000, 'r', 0, date_added FROM sentry_organization WHERE id = 55
            """);
        Assert.Equal("55|56", await database.TextAsync(
            "SELECT (SELECT max(id) FROM sentry_organization), (SELECT max(id) FROM sentry_organizationslugreservation)"));
        Assert.Equal(1, moved.Distinct().Count());
    }

    [Fact]
    public async Task Defect_14_names_that_differ_in_case_only_collide()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(new SentryRecords().User(1, "ada").Backup, SentryScopes.User);

        await database.ImportAsync(new SentryRecords().User(1, "Ada").User(2, "Ben").User(3, "bEN").Backup, SentryScopes.User);

        var names = (await database.TextAsync("SELECT username FROM auth_user ORDER BY id")).Split('\n');
        Assert.Equal(4, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Matches("^Ada-[a-z0-9]+$", names[1]);
        Assert.Equal("Ben", names[2]);
        Assert.Matches("^bEN-[a-z0-9]+$", names[3]);
    }

    [Fact]
    public async Task Defect_21_all_records_of_a_removed_model_are_left_out_and_reported()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords();
        for (var i = 1; i <= 5; i++)
        {
            records.Add("actor", i, ("type", 1), ("user_id", i));
        }

        records.Organization(1, "acme").Add("team", 1, ("organization", 1), ("slug", "t"), ("name", "t"), ("actor", 1), ("org_role", null));

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization);

        Assert.Equal(7, result.Records.RecordCount);
        Assert.Equal(2, result.Map.Count);
        Assert.Equal(
            ["sentry.actor, dropped: 5", "sentry.team.actor, dropped: 1", "sentry.team.org_role, dropped: 1"],
            result.Records.Drift.Declared.Select(drift => $"{drift}: {drift.Records}"));
    }

    [Fact]
    public async Task Defect_22_address_that_is_there_keeps_its_date()
    {
        await using var database = await engine.SentryImportAsync();
        await database.RunAsync("INSERT INTO sentry_email (email, date_added) VALUES ('ADA@example.com', '2001-01-01 00:00:00+00:00')");

        var result = await database.ImportAsync(
            new SentryRecords().User(1, "ada").Email(3, "ada@example.com").Backup, SentryScopes.User);

        Assert.Equal(KeyMappingKind.Existing, Assert.Single(result.Map.Of(ModelLabel.Parse("sentry.email"))).Kind);
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM sentry_email WHERE date_added < '2001-01-02'"));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM sentry_email"));
    }

    [Fact]
    public async Task Defect_24_global_import_clears_first_in_a_split_deployment_too()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(new SentryRecords().User(1, "old").Backup, SentryScopes.User);

        await database.ImportAsync(
            new SentryRecords().User(1, "new").Backup, SentryScopes.Global, new SentryImportOptions { Silo = SentrySilo.Region });

        Assert.Equal("new", await database.TextAsync("SELECT username FROM auth_user"));
    }

    [Fact]
    public async Task Owners_told_by_actors_become_users_and_teams()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(7, "ada").Organization(1, "acme").Project(1, 1, "api")
            .Add("team", 3, ("organization", 1), ("slug", "t"), ("name", "t"), ("actor", 20))
            .Add("actor", 20, ("type", 0), ("team", 3), ("user_id", null)).Add("actor", 21, ("type", 1), ("team", null), ("user_id", 7))
            .Add("rule", 1, ("project", 1), ("label", "by team"), ("data", "{}"), ("owner", 20))
            .Add("rule", 2, ("project", 1), ("label", "by user"), ("data", "{}"), ("owner", 21))
            .Add("rule", 3, ("project", 1), ("label", "lost"), ("data", "{}"), ("owner", 22))
            .Add("alertrule", 1, ("organization", 1), ("name", "alert"), ("threshold_period", 1), ("owner", 21));

        var result = await database.ImportAsync(records.Backup, SentryScopes.Organization);

        var (user, team) = (result.Map.NewKey("sentry.user", 7), result.Map.NewKey("sentry.team", 3));
        Assert.Equal(
            $"by team|null|{team}\nby user|{user}|null\nlost|null|null",
            await database.TextAsync("SELECT label, owner_user_id, owner_team_id FROM sentry_rule ORDER BY label"));
        Assert.Equal($"{user}|null", await database.TextAsync("SELECT user_id, team_id FROM sentry_alertrule"));
    }

    [Fact]
    public async Task Control_silo_and_flags_without_meaning_are_refused()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().User(1, "ada").Backup;

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ImportAsync(backup, SentryScopes.User, new SentryImportOptions { Silo = SentrySilo.Control }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ImportAsync(backup, SentryScopes.Global, SentryImports.With(new SentryImportFlags { MergeUsers = true })));

        var flags = SentryImports.With(new SentryImportFlags { ImportUuid = Guid.NewGuid() });
        await database.ImportAsync(backup, SentryScopes.User, flags);
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ImportAsync(backup, SentryScopes.User, flags));
    }
}

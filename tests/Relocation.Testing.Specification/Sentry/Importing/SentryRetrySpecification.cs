using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Batches that are imported by themselves: once each, or not at all.</summary>
public abstract class SentryRetrySpecification(DatabaseUnderTest engine)
{
    private static readonly Guid ImportUuid = new("7c9f0f6e-1a2b-4c3d-8e4f-5a6b7c8d9e0f");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("12.10", "test_good_local_retry_idempotent")]
    public async Task Batch_that_is_imported_again_writes_nothing_and_gives_the_same()
    {
        await using var database = await engine.SentryImportAsync();
        var batch = Batch(new SentryRecords().User(7, "ada").User(9, "ben"));
        var first = await ImportAsync(database, batch);
        var before = await engine.StateAsync(database);

        var again = await ImportAsync(database, batch);

        Assert.Null(first.Error);
        Assert.Equal(before, await engine.StateAsync(database));
        Assert.Equal(first.Map, again.Map);
        Assert.Equal((1, 2), (again.MinOrdinal!.Value, again.MaxOrdinal!.Value));
        Assert.Equal((first.MinOrdinal, first.MaxOrdinal), (again.MinOrdinal, again.MaxOrdinal));
    }

    [Fact]
    [Parity("12.10", "test_good_handles_racing_imports")]
    public async Task Batch_that_another_import_wrote_meanwhile_gives_the_result_of_that()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords().User(7, "ada");
        SentryBatchResult? winner = null;

        // The other import comes after the first look into the ledger, when the records are about to be read.
        var stream = new RacingStream(records.Json, async () => winner ??= await ImportAsync(database, Batch(records)));
        var late = await ImportAsync(database, Batch(records) with { Records = Backup.FromStream(stream) });

        Assert.NotNull(winner);
        Assert.Null(late.Error);
        Assert.Equal(winner.Map, late.Map);
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM auth_user"));
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM sentry_controlimportchunk"));
    }

    [Fact]
    public async Task Later_batches_refer_to_records_of_earlier_ones()
    {
        await using var database = await engine.SentryImportAsync();
        await database.ImportAsync(new SentryRecords().User(1, "first").Backup, SentryScopes.User);
        var users = await ImportAsync(database, Batch(new SentryRecords().User(7, "ada").User(9, "ben")));

        var emails = await ImportAsync(database, Batch(new SentryRecords().UserEmail(4, 9, "b@example.com").UserEmail(5, 8, "nobody@example.com"), "sentry.useremail")
            with { KnownKeys = users.Map, MinOrdinal = 21 });

        Assert.Equal("ben|b@example.com", await database.TextAsync(
            "SELECT u.username, e.email FROM sentry_useremail e JOIN auth_user u ON u.id = e.user_id WHERE u.username <> 'first'"));
        Assert.Equal((21, 22), (emails.MinOrdinal!.Value, emails.MaxOrdinal!.Value));
        Assert.Equal(1, emails.Map.Count);
    }

    [Fact]
    public async Task Token_of_a_later_batch_holds_the_slug_that_an_earlier_batch_has_given()
    {
        await using var database = await engine.SentryImportAsync();
        var options = new SentryImportOptions { Clock = SentryImports.Options.Clock, UrlPrefix = "https://sentry.example.com" };
        var tokens = new SentryRecords().Add("orgauthtoken", 3, ("organization_id", 7), ("token_hashed", "taken"), ("name", "t"));
        var organizations = new SentryRecords().Organization(7, "acme");
        await database.ImportAsync(new SentryRecords().Organization(7, "acme")
            .Add("orgauthtoken", 3, ("organization_id", 7), ("token_hashed", "taken"), ("name", "t")).Backup, SentryScopes.Organization);
        var earlier = await ImportAsync(database, Batch(organizations, "sentry.organization") with { Scope = SentryScopes.Organization }, options);

        var later = await ImportAsync(
            database, Batch(tokens, "sentry.orgauthtoken") with { Scope = SentryScopes.Organization, KnownKeys = earlier.Map }, options);

        Assert.Null(later.Error);
        Assert.Equal(
            $"taken|1\n{await database.TextAsync("SELECT token_hashed FROM sentry_orgauthtoken WHERE id = 2")}|2",
            await database.TextAsync("SELECT token_hashed, organization_id FROM sentry_orgauthtoken ORDER BY id"));
        Assert.StartsWith("acme-", await database.TextAsync("SELECT slug FROM sentry_organization WHERE id = 2"), StringComparison.Ordinal);
    }

    [Fact]
    [Parity("12.10", "test_bad_unknown_model")]
    public Task Unknown_model_is_refused() => MustRefuseAsync(
        SentryImportErrorKind.UnknownModel, Batch(new SentryRecords(), "sentry.pigeon"), "InstanceID(model: 'sentry.pigeon')");

    [Fact]
    [Parity("12.10", "test_bad_incorrect_silo_mode_for_model")]
    public Task Model_of_the_other_silo_is_refused() => MustRefuseAsync(
        SentryImportErrorKind.IncorrectSiloModeForModel, Batch(new SentryRecords().User(1, "ada")), "InstanceID(model: 'sentry.user')",
        new SentryImportOptions { Silo = SentrySilo.Region });

    [Fact]
    [Parity("12.10", "test_bad_unspecified_scope")]
    public Task Missing_scope_is_refused() => MustRefuseAsync(
        SentryImportErrorKind.UnspecifiedScope, Batch(new SentryRecords().User(1, "ada")) with { Scope = null }, "InstanceID(model: 'sentry.user')");

    [Fact]
    [Parity("12.10", "test_bad_missing_import_uuid")]
    public Task Missing_identity_is_refused() => MustRefuseAsync(
        SentryImportErrorKind.MissingImportUUID, Batch(new SentryRecords().User(1, "ada")) with { ImportUuid = null }, "InstanceID(model: 'sentry.user')");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [Parity("12.10", "test_bad_invalid_min_ordinal")]
    public Task Position_below_one_is_refused(int ordinal) => MustRefuseAsync(
        SentryImportErrorKind.InvalidMinOrdinal, Batch(new SentryRecords().User(1, "ada")) with { MinOrdinal = ordinal }, "InstanceID(model: 'sentry.user')");

    [Fact]
    [Parity("12.10", "test_bad_invalid_json")]
    public Task Text_that_is_no_json_is_refused() => MustRefuseAsync(
        SentryImportErrorKind.DeserializationFailed, Batch(new SentryRecords()) with { Records = Backup.FromJson("[{_") }, "InstanceID(model: 'sentry.user')");

    [Fact]
    [Parity("12.10", "test_bad_validation")]
    public Task Invalid_record_is_refused_by_its_own_position_and_nothing_is_written() => MustRefuseAsync(
        SentryImportErrorKind.ValidationError,
        Batch(new SentryRecords().User(1, "ada").User(2, new string('x', 129))) with { MinOrdinal = 41 },
        "InstanceID(model: 'sentry.user', ordinal: 42)");

    [Fact]
    [Parity("12.10", "test_bad_unexpected_model")]
    public async Task Record_of_another_model_is_refused()
    {
        await MustRefuseAsync(
            SentryImportErrorKind.UnexpectedModel, Batch(new SentryRecords().User(1, "ada").Organization(1, "acme")), "InstanceID(model: 'sentry.organization', ordinal: 1)");
        await MustRefuseAsync(
            SentryImportErrorKind.UnexpectedModel, Batch(new SentryRecords().User(1, "ada").Add("pigeon", 1)), "InstanceID(model: 'sentry.pigeon')");
    }

    private static SentryModelBatch Batch(SentryRecords records, string model = "sentry.user") => new()
    {
        Model = model,
        Scope = SentryScopes.User,
        ImportUuid = ImportUuid,
        Records = records.Backup,
        MinOrdinal = 1,
    };

    private static async Task<SentryBatchResult> ImportAsync(TestDatabase database, SentryModelBatch batch, SentryImportOptions? options = null)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return await new SentryImport(database.Engine, options ?? SentryImports.Options).ImportByModelAsync(connection, batch, Cancel);
    }

    private async Task MustRefuseAsync(SentryImportErrorKind kind, SentryModelBatch batch, string on, SentryImportOptions? options = null)
    {
        await using var database = await engine.SentryImportAsync();
        var before = await engine.StateAsync(database);

        var result = await ImportAsync(database, batch, options);

        Assert.Equal(kind, result.Error?.Kind);
        Assert.Equal(on, result.Error!.On!.ToString());
        Assert.Equal(0, result.Map.Count);
        Assert.Equal(before, await engine.StateAsync(database));
    }
}

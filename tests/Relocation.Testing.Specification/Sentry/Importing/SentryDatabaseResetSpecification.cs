using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Only a global import clears the database, and it does so whole, with its key counters.</summary>
public abstract class SentryDatabaseResetSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("12.5", "test_clears_existing_models_in_global_scope")]
    public async Task Empty_backup_clears_every_table_and_counter_in_global_scope()
    {
        await using var database = await engine.SentryImportAsync();
        await using var fresh = await engine.SentryImportAsync();
        await FillAsync(database);

        await database.ImportAsync(Backup.FromJson("[]"), SentryScopes.Global);

        foreach (var entity in database.Model.Entities)
        {
            Assert.Equal((entity.Table, "0"), (entity.Table, await database.TextAsync($"SELECT count(*) FROM {entity.Table}")));
        }

        var backup = SentryRecords.FourUsers().Organization(9, "acme").Project(12, 9, "api").Backup;
        var again = await database.ImportAsync(backup, SentryScopes.Organization);
        var first = await fresh.ImportAsync(backup, SentryScopes.Organization);
        Assert.Equal(first.Map, again.Map);
        Assert.Equal(await engine.FingerprintAsync(fresh), await engine.FingerprintAsync(database));
    }

    [Fact]
    [Parity("12.5", "test_persist_existing_models_in_user_scope")]
    public Task Empty_backup_changes_nothing_in_user_scope() => MustChangeNothingAsync(SentryScopes.User);

    [Fact]
    [Parity("12.5", "test_persist_existing_models_in_config_scope")]
    public Task Empty_backup_changes_nothing_in_config_scope() => MustChangeNothingAsync(SentryScopes.Config);

    [Fact]
    [Parity("12.5", "test_persist_existing_models_in_organization_scope")]
    public Task Empty_backup_changes_nothing_in_organization_scope() => MustChangeNothingAsync(SentryScopes.Organization);

    [Fact]
    public async Task Refused_global_import_leaves_rows_and_counters_that_it_would_have_cleared()
    {
        await using var database = await engine.SentryImportAsync();
        await FillAsync(database);
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<SentryImportException>(() => database.ImportAsync(
            new SentryRecords().User(1, "ada").Add("userpermission", 1, ("user", 1), ("permission", "a")).Add("userpermission", 2, ("user", 1), ("permission", "a")).Backup,
            SentryScopes.Global));

        Assert.Equal(SentryImportErrorKind.IntegrityError, refusal.Error.Kind);
        Assert.NotNull(refusal.Hint);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Counter_of_an_empty_table_that_was_set_elsewhere_begins_again_too()
    {
        await using var database = await engine.SentryImportAsync();
        await using var fresh = await engine.SentryImportAsync();
        await database.RunAsync(engine.Target.Engine.Name == "SQLite"
            ? "INSERT INTO sqlite_sequence (name, seq) VALUES ('auth_user', 499), ('sentry_rule', 299)"
            : "SELECT setval(pg_get_serial_sequence('auth_user', 'id'), 500, false), setval(pg_get_serial_sequence('sentry_rule', 'id'), 300, false)");

        var backup = SentryRecords.FourUsers().Organization(9, "acme").Project(12, 9, "api").Backup;
        var cleared = await database.ImportAsync(backup, SentryScopes.Global);
        var first = await fresh.ImportAsync(backup, SentryScopes.Global);

        Assert.Equal(first.Map, cleared.Map);
        Assert.Equal(await engine.FingerprintAsync(fresh), await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Keys_that_clearing_frees_are_given_out_again()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = SentryRecords.FourUsers().Organization(9, "acme").Project(12, 9, "api").Backup;
        var first = await database.ImportAsync(backup, SentryScopes.Global);

        var second = await database.ImportAsync(backup, SentryScopes.Global);

        Assert.Equal(first.Map, second.Map);
        Assert.Equal(12, second.Map.NewKey("sentry.project", 12));
    }

    [Fact]
    public async Task Database_that_is_no_test_database_is_not_cleared()
    {
        var (target, remove) = await engine.MakeExistingAsync("production");
        await using var removing = remove;
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = target,
                Model = SentryModel.CreateForImport(target.Engine),
                Schema = SchemaSource.FromModel,
                DangerouslyAllowAnyDatabaseName = true,
            },
            Cancel);
        var backup = new SentryRecords().User(1, "ada").Backup;

        await Assert.ThrowsAsync<UnsafeDatabaseException>(() => database.ImportAsync(backup, SentryScopes.Global));
        await database.ImportAsync(
            backup, SentryScopes.Global, new SentryImportOptions { DangerouslyAllowAnyDatabaseName = true });

        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM auth_user"));
    }

    private static Task<SentryImportResult> FillAsync(TestDatabase database) => database.ImportAsync(
        SentryRecords.FourUsers().Organization(9, "acme").Project(12, 9, "api").Add("option", 1, ("key", "a"), ("value", 1)).Backup, SentryScopes.Global);

    private async Task MustChangeNothingAsync(ImportScope scope)
    {
        await using var database = await engine.SentryImportAsync();
        await FillAsync(database);
        var before = await engine.StateAsync(database);

        var result = await database.ImportAsync(Backup.FromJson("[]"), scope);

        Assert.Equal(0, result.Map.Count);
        Assert.Equal(before, await engine.StateAsync(database));
    }
}

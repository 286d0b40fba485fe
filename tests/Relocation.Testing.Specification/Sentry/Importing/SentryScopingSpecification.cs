using System.Security.Cryptography;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>A scope's models have rows and a ledger entry each; other models have none.</summary>
public abstract class SentryScopingSpecification(DatabaseUnderTest engine)
{
    private const string Version = "24.7.0";
    private const string Columns = "import_uuid, model, min_ordinal, max_ordinal, min_source_pk, max_source_pk, min_inserted_pk, max_inserted_pk, "
        + "inserted_map, existing_map, overwrite_map, inserted_identifiers";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("12.5", "test_user_import_scoping")]
    public Task User_scope_takes_its_models_alone() => MustTakeItsModelsAsync(SentryScopes.User);

    [Fact]
    [Parity("12.5", "test_organization_import_scoping")]
    public Task Organization_scope_takes_its_models_alone() => MustTakeItsModelsAsync(SentryScopes.Organization);

    [Fact]
    [Parity("12.5", "test_config_import_scoping")]
    public Task Config_scope_takes_its_models_alone() => MustTakeItsModelsAsync(SentryScopes.Config);

    [Fact]
    [Parity("12.5", "test_global_import_scoping")]
    public Task Global_scope_takes_every_model() => MustTakeItsModelsAsync(SentryScopes.Global);

    [Theory]
    [InlineData("User")]
    [InlineData("Organization")]
    [InlineData("Config")]
    [InlineData("Global")]
    [Parity("12.5", "test_user_import_decryption")]
    [Parity("12.5", "test_organization_import_decryption")]
    [Parity("12.5", "test_config_import_decryption")]
    [Parity("12.5", "test_global_import_decryption")]
    public async Task Encrypted_backup_is_imported_as_the_plain_one(string scopeName)
    {
        var scope = SentryScopes.Parse(scopeName);
        await using var database = await engine.SentryImportAsync(Version);
        var options = new SentryImportOptions { Clock = SentryImports.Options.Clock, Version = Version };
        var plain = Backup.FromFile(Repository.Fixture("sentry", "organization.json"));
        using var rsa = RSA.Create(2048);
        using var tarball = new MemoryStream();
        await plain.CopyToAsync(BackupDestination.ToStream(tarball).EncryptedWith(BackupEncryptor.FromPem(rsa.ExportSubjectPublicKeyInfoPem())), Cancel);
        tarball.Position = 0;
        var encrypted = Backup.FromStream(tarball).DecryptedWith(BackupDecryptor.FromPem(rsa.ExportRSAPrivateKeyPem()));

        var expected = (await database.ImportAsync(plain, scope, options)).Map.ToSnapshot();
        await database.ResetAsync(Cancel);

        Assert.Equal(expected, (await database.ImportAsync(encrypted, scope, options)).Map.ToSnapshot());
    }

    private async Task MustTakeItsModelsAsync(ImportScope scope)
    {
        await using var database = await engine.SentryImportAsync(Version);
        var path = Repository.Fixture("sentry", "organization.json");
        var options = new SentryImportOptions { Clock = SentryImports.Options.Clock, Version = Version };

        var result = await database.ImportAsync(Backup.FromFile(path), scope, options);

        var records = SourceRecord.Read(await File.ReadAllTextAsync(path, Cancel), database.Model);
        var taken = ExpectedScope.Taken(records, database.Model, scope).Select(record => record.Entity!.Label).Distinct().Order().ToList();
        foreach (var entity in database.Model.Entities.Where(entity => !entity.Scopes.Contains("Excluded")))
        {
            var rows = await database.TextAsync($"SELECT count(*) FROM {entity.Table}");
            Assert.True(rows != "0" == taken.Contains(entity.Label), $"{entity.Label} has {rows} rows.");
        }

        var ledgers = (await database.TextAsync(
            "SELECT model FROM sentry_regionimportchunk UNION ALL SELECT model FROM sentry_controlimportchunk ORDER BY model")).Split('\n');
        Assert.Equal(taken.Select(label => label.Value).Order(StringComparer.Ordinal), ledgers.Order(StringComparer.Ordinal));
        Assert.NotEqual(string.Empty, await database.TextAsync("SELECT model FROM sentry_controlimportchunk"));
        Assert.Equal(
            await database.TextAsync($"SELECT {Columns} FROM sentry_controlimportchunk ORDER BY model"),
            await database.TextAsync($"SELECT {Columns} FROM sentry_controlimportchunkreplica ORDER BY model"));
        var uuids = await database.TextAsync("SELECT import_uuid FROM sentry_regionimportchunk UNION SELECT import_uuid FROM sentry_controlimportchunk");
        Assert.Equal(result.ImportUuid, Guid.Parse(uuids));
    }
}

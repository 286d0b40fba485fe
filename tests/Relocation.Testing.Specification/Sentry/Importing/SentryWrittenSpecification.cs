using CsCheck;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>What sanitising, generating and exporting write is always imported, in every scope.</summary>
public abstract class SentryWrittenSpecification(DatabaseUnderTest engine)
{
    private const int Seeds = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Case("sentry/localhost")]
    [Case("sentry/leaks")]
    public async Task Sanitised_backups_are_imported_in_every_scope_and_hold_nothing_of_their_originals()
    {
        await using var database = await engine.SentryImportAsync();
        var model = SentryModel.Create(database.Engine);
        var rules = SentrySanitizing.Rules(model);
        foreach (var path in SentryBackups.Importable)
        {
            var original = await File.ReadAllBytesAsync(path, Cancel);
            for (var seed = 1; seed <= Seeds; seed++)
            {
                using var stream = new MemoryStream();
                var options = new SanitizeOptions { Model = model, Rules = rules, Seed = $"{seed}" };
                var result = await BackupSanitizer.SanitizeAsync(Backup.FromUtf8(original, path), BackupDestination.ToStream(stream), options, Cancel);
                var name = $"{Path.GetFileName(path)}, sanitised with seed {seed}";
                var sanitised = Backup.FromUtf8(stream.ToArray(), name);

                var audit = await LeakAudit.RunAsync(
                    Backup.FromUtf8(original, path), sanitised, new LeakAuditOptions { Model = model, Rules = rules }, Cancel);
                Assert.True(audit.IsEmpty, $"{name}: {audit.Findings.ToPretty()}");
                await MustBeImportedAsync(database, sanitised, result.JsonTexts?.Reading);
            }
        }
    }

    [Fact]
    [Case("sentry/localhost")]
    public async Task Generated_backups_and_their_exports_are_imported_in_every_scope()
    {
        await using var database = await engine.SentryImportAsync();
        var model = SentryModel.Create(database.Engine);
        var generated =
            from seed in Gen.Long
            from nulls in Gen.Double[0, 1]
            from count in Gen.Int[1, 6]
            from locale in Gen.OneOf(Gen.Const("en"), Gen.Const("de"), Gen.Const("ja"))
            select new SyntheticBackupOptions { Seed = seed, NullShare = nulls, RecordsPerModel = count, Locale = locale };
        await generated.SampleAsync(
            async options =>
            {
                using var stream = new MemoryStream();
                await SyntheticBackup.For(model, options).WriteAsync(stream, Cancel);
                await MustBeImportedAsync(database, Backup.FromUtf8(stream.ToArray(), "generated"), null);
                foreach (var scope in SentryScopes.All)
                {
                    using var exported = new MemoryStream();
                    await database.ExportAsync(BackupDestination.ToStream(exported), scope);
                    await MustBeImportedAsync(database, Backup.FromUtf8(exported.ToArray(), $"exported in {scope.Name} scope"), null);
                }
            },
            iter: 3,
            threads: 1);
    }

    /// <summary>Into a cleared database, and beside what is there by then.</summary>
    private static async Task MustBeImportedAsync(TestDatabase database, Backup backup, JsonTextReading? reading)
    {
        foreach (var scope in SentryScopes.All.OrderBy(scope => scope != SentryScopes.Global))
        {
            var result = await database.ImportAsync(backup, scope);

            Assert.Equal(reading, reading is null ? null : result.Records.JsonTexts!.Reading);
            Assert.True(result.Records.Models.Sum(model => model.Records) == result.Records.RecordCount, $"{backup.Name}: {scope.Name}");
        }
    }
}

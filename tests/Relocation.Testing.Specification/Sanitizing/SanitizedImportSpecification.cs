using System.Text.Json;
using CsCheck;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Sanitizing;

/// <summary>What is sanitised still imports, record by record as the original does, and comes back from the database as it went in.</summary>
public abstract class SanitizedImportSpecification(DatabaseUnderTest engine)
{
    private static readonly Gen<SyntheticBackupOptions> Options =
        from seed in Gen.Long
        from nulls in Gen.Double[0, 1]
        from count in Gen.Int[1, 12]
        from locale in Gen.OneOf(Gen.Const("en"), Gen.Const("de"), Gen.Const("ja"), Gen.Const("ru"), Gen.Const("ar"))
        select new SyntheticBackupOptions { Seed = seed, NullShare = nulls, RecordsPerModel = count, Locale = locale };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sanitised_backup_of_a_context_arrives_whole_and_comes_back_equal()
    {
        await using var database = await engine.ShopAsync();
        var rules = SanitizeRules.Default(database.Model);
        await Options.SampleAsync(options => CheckAsync(database, rules, options), iter: 15, threads: 1);
    }

    [Fact]
    public async Task Sanitised_backup_of_sentry_arrives_whole_and_comes_back_equal()
    {
        await using var database = await engine.SentryAsync();
        var rules = SentrySanitizing.Rules(database.Model);
        await Options.SampleAsync(options => CheckAsync(database, rules, options), iter: 4, threads: 1);
    }

    [Fact]
    public async Task Sanitised_real_backups_arrive_whole()
    {
        await using var database = await engine.SentryAsync();
        var rules = SentrySanitizing.Rules(database.Model);
        foreach (var file in Directory.GetFiles(Repository.Shared("data", "sentry", "releases"), "*.json").Order(StringComparer.Ordinal))
        {
            await ImportAsync(database, rules, await File.ReadAllTextAsync(file, Cancel));
        }
    }

    private static async Task CheckAsync(TestDatabase database, SanitizeRules rules, SyntheticBackupOptions options)
    {
        using var stream = new MemoryStream();
        await SyntheticBackup.For(database.Model, options).WriteAsync(stream, Cancel);

        // What was exported once holds relations of many as the model has them, and is what can come back equal.
        await database.ResetAsync(Cancel);
        await database.ImportAsync(Backup.FromUtf8(stream.ToArray()), null, Cancel);
        await CheckAsync(database, rules, await database.ExportToJsonAsync(null, Cancel));
    }

    private static async Task CheckAsync(TestDatabase database, SanitizeRules rules, string original)
    {
        var sanitised = await ImportAsync(database, rules, original);
        var exported = Backup.FromJson(await database.ExportToJsonAsync(null, Cancel), "exported");
        var options = new ComparisonOptions { Model = database.Model, Comparators = Comparators.Default(database.Model) };

        var comparison = await BackupComparer.CompareAsync(sanitised, exported, options, Cancel);

        Assert.Empty(comparison.Findings);
        Assert.Equal(JsonElement.Parse(original).GetArrayLength(), comparison.ComparedRecords);
    }

    /// <summary>Sanitises a backup, finds nothing of the original in it, and imports it as the original is imported.</summary>
    private static async Task<Backup> ImportAsync(TestDatabase database, SanitizeRules rules, string original)
    {
        using var stream = new MemoryStream();
        var options = new SanitizeOptions { Model = database.Model, Rules = rules, Seed = "s" };
        await BackupSanitizer.SanitizeAsync(Backup.FromJson(original), BackupDestination.ToStream(stream), options, Cancel);
        var sanitised = Backup.FromUtf8(stream.ToArray(), "sanitised");
        var audit = await LeakAudit.RunAsync(
            Backup.FromJson(original), sanitised, new LeakAuditOptions { Model = database.Model, Rules = rules }, Cancel);
        Assert.Empty(audit.Findings);

        await database.ResetAsync(Cancel);
        var expected = (await database.ImportAsync(Backup.FromJson(original), null, Cancel)).Map.ToSnapshot();
        await database.ResetAsync(Cancel);
        Assert.Equal(expected, (await database.ImportAsync(sanitised, null, Cancel)).Map.ToSnapshot());
        return sanitised;
    }
}

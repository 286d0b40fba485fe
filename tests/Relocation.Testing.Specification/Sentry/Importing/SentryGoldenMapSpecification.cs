using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Every real backup gives the approved map in every scope, on every database.</summary>
public abstract class SentryGoldenMapSpecification(DatabaseUnderTest engine)
{
    public static TheoryData<string> ScopeNames => [.. SentryScopes.All.Select(scope => scope.Name)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ScopeNames))]
    public async Task Real_backup_gives_the_approved_map(string scopeName)
    {
        var scope = SentryScopes.Parse(scopeName);
        await using var database = await engine.SentryImportAsync();
        var mismatches = new List<string>();
        foreach (var name in SentryImports.RealNames)
        {
            var result = await database.ImportAsync(SentryImports.Real(name), scope);

            var mismatch = await Record.ExceptionAsync(() => ApprovedSnapshot.CheckFileAsync(
                result.Map, Repository.Golden($"sentry/{Path.GetFileName(name)}.{scopeName}"), cancellationToken: Cancel));
            mismatches.AddRange(mismatch is null ? [] : [mismatch.Message]);
            var json = await File.ReadAllTextAsync(Repository.Shared("data", "sentry", $"{name}.json"), Cancel);
            MustAccount(result.Records, Checking.SourceRecord.Read(json, database.Model).Count);
            await database.ResetAsync(Cancel);
        }

        Assert.Empty(mismatches);
    }

    private static void MustAccount(ImportResult result, int records)
    {
        Assert.Equal(records, result.RecordCount);
        Assert.Equal(
            records,
            result.Models.Sum(model => model.Records) + result.Drift.UnknownModels.Sum(model => model.Records)
                + result.Drift.Declared.Where(drift => drift.Kind == BackupRuleKind.ModelDropped).Sum(drift => drift.Records));
        Assert.Equal(result.Map.Count, result.Models.Sum(model => model.Inserted + model.Existing + model.Overwritten));
        Assert.Equal(result.Dropped.Count, result.Models.Sum(model => model.Dropped));
        Assert.All(result.Dropped, drop => Assert.True(drop.Causes.Count > 0 || drop.Rule is not null));
    }
}

using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>A backup with a defect is refused in words, and the database stays as it was.</summary>
public abstract class HostileBackupSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    public async Task Every_defect_is_refused_and_the_database_is_as_it_was(long seed)
    {
        await using var database = await engine.ShopModelAsync();
        var before = await engine.StateAsync(database);
        var hostile = await HostileBackup.MakeAsync(database.Model, new SyntheticBackupOptions { Seed = seed, FirstKey = 1_000_000, RecordsPerModel = 5 }, Cancel);

        Assert.Equal(Enum.GetValues<HostileDefect>(), hostile.Select(backup => backup.Defect).Distinct().Order());
        Assert.Equal(hostile.Count, hostile.Select(backup => backup.Name).Distinct().Count());
        foreach (var backup in hostile)
        {
            var refusal = await Record.ExceptionAsync(() => database.ImportAsync(Backup.FromUtf8(backup.Content, backup.Name), Strict(), Cancel));

            Assert.True(refusal is ImportException or BackupFormatException, $"{backup.Name}: {refusal?.ToString() ?? "was imported"}");
            Assert.StartsWith($"Backup '{backup.Name}' ", refusal!.Message, StringComparison.Ordinal);
            Assert.Equal(before, await engine.StateAsync(database));
        }
    }

    private static ImportOptions Strict() => new() { UnknownModels = DriftPolicy.Refuse, UnknownFields = DriftPolicy.Refuse };
}

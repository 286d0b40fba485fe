using System.Text.Json;
using CsCheck;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Models;

/// <summary>Every mapping of EF Core's that a real model uses: a backup arrives whole, is read through the context, and can be reset.</summary>
public abstract class EverythingSpecification(DatabaseUnderTest engine)
{
    private static readonly int RandomBackups = Extent.Rounds(200);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_backup_reads_back_through_the_context_value_by_value()
    {
        await using var database = await engine.EverythingAsync();
        var empty = await engine.FingerprintAsync(database);
        var compared = 0L;

        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 40]).SampleAsync(
            async (seed, chunkSize) =>
            {
                var records = EverythingBackups.Invent(database.Model, seed);
                var json = ShopBackups.Shuffle(records, new Random(seed)).ToJsonString();

                await database.ResetAsync(Cancel);
                Assert.Equal(empty, await engine.FingerprintAsync(database));
                var result = await database.ImportAsync(Backup.FromJson(json), new ImportOptions { ChunkSize = chunkSize, KeepReferences = true }, Cancel);

                Assert.Empty(result.Drift.UnknownFields);
                Assert.Equal(records.Count, result.Map.Count);
                await using (var context = database.CreateContext())
                {
                    compared += await new EverythingReadBack(context, database.Model, result.Map, EverythingDatabases.Defaults).CompareAsync(JsonElement.Parse(json));
                }
            },
            iter: RandomBackups,
            threads: 1);

        Assert.True(compared > 100 * RandomBackups, $"{compared} values in {RandomBackups} backups are too few.");
    }

    [Fact]
    public async Task Second_import_numbers_on_from_the_first()
    {
        await using var database = await engine.EverythingAsync();
        var json = EverythingBackups.Invent(database.Model, 1).ToJsonString();
        await database.ImportAsync(Backup.FromJson(json), null, Cancel);

        // Codes and numbers are unique; everything else may occur twice.
        var other = EverythingBackups.Invent(database.Model, 2).ToJsonString();
        var result = await database.ImportAsync(Backup.FromJson(other), null, Cancel);

        await using var context = database.CreateContext();
        Assert.True(await new EverythingReadBack(context, database.Model, result.Map, EverythingDatabases.Defaults).CompareOwnAsync(JsonElement.Parse(other)) > 50);
    }
}

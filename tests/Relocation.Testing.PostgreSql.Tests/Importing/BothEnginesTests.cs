using CsCheck;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Everything;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>What one engine makes of a backup the other makes of it too.</summary>
public sealed class BothEnginesTests(PostgreSqlFixture fixture)
{
    private static readonly int RandomBackups = Extent.Rounds(200);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Maps_of_every_mapping_are_equal_whatever_the_seed()
    {
        await using var postgreSql = await CreateAsync(fixture.UnderTest.Target, fixture.UnderTest);
        await using var sqlite = await CreateAsync(SqliteTarget.InMemory(), null);
        var records = 0L;

        await Gen.Select(Gen.Long, Gen.Long[1, 50], Gen.Int[0, 5]).SampleAsync(
            async (seed, first, count) =>
            {
                var options = new SyntheticBackupOptions { Seed = seed, FirstKey = first, RecordsPerModel = count };
                var maps = await Task.WhenAll(MapAsync(postgreSql, options), MapAsync(sqlite, options));

                Assert.Equal(maps[0].ToSnapshot(), maps[1].ToSnapshot());
                Assert.Equal(maps[0], maps[1]);
                records += maps[0].Count;
            },
            iter: RandomBackups,
            threads: 1);

        Assert.True(records > 10 * RandomBackups, $"{records} records in {RandomBackups} backups are too few.");
    }

    private static async Task<PrimaryKeyMap> MapAsync(TestDatabase database, SyntheticBackupOptions options)
    {
        using var stream = new MemoryStream();
        await SyntheticBackup.For(database.Model, options).WriteAsync(stream, Cancel);
        await database.ResetAsync(Cancel);
        var backup = Backup.FromJson(System.Text.Encoding.UTF8.GetString(stream.ToArray()), "synthetic");
        return (await database.ImportAsync(backup, new ImportOptions { KeepReferences = true }, Cancel)).Map;
    }

    private static Task<TestDatabase<EverythingContext>> CreateAsync(DatabaseTarget target, DatabaseUnderTest? engine) =>
        TestDatabase.CreateAsync(
            new TestDatabaseOptions<EverythingContext>
            {
                Target = target,
                CreateContext = options => new EverythingContext(engine?.WithEnums(options) ?? options),
            },
            Cancel);
}

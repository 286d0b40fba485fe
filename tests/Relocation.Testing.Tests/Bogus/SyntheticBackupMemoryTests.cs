using Xunit;

namespace Relocation.Testing.Tests.Bogus;

/// <summary>Measures the whole process's memory, so it runs alone.</summary>
[Collection(nameof(SyntheticBackupMemoryTests))]
[CollectionDefinition(nameof(SyntheticBackupMemoryTests), DisableParallelization = true)]
public sealed class SyntheticBackupMemoryTests
{
    [Fact]
    public async Task A_million_records_stream_in_constant_memory()
    {
        const long Million = 1_000_000;
        const long MostHeld = 64 * 1024 * 1024;
        var records = new Dictionary<ModelLabel, long>
        {
            [ModelLabel.Parse("library.country")] = 10,
            [ModelLabel.Parse("library.author")] = Million / 2,
            [ModelLabel.Parse("library.note")] = Million / 2,
        };
        var backup = SyntheticBackup.For(LibraryModel.Make(), new SyntheticBackupOptions { RecordsPerModel = 2, Records = records });
        var stream = new MeasuringStream(GC.GetTotalMemory(forceFullCollection: true));

        await backup.WriteAsync(stream, TestContext.Current.CancellationToken);

        Assert.True(backup.Counts.Values.Sum() >= Million);
        Assert.True(stream.Length > 100 * Million, $"{stream.Length} bytes are too few.");
        Assert.InRange(stream.MostHeld, long.MinValue, MostHeld);
    }
}

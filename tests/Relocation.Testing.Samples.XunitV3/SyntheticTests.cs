using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

public sealed class SyntheticTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override ResetTo StartFrom => ResetTo.Empty;

    [Fact]
    public async Task Thousand_records_arrive()
    {
        using var stream = new MemoryStream();

        // begin-snippet: synthetic
        var options = new SyntheticBackupOptions { Seed = 7, TotalRecords = 1_000, Locale = "de" };
        await SyntheticBackup.For(Database.Model, options).WriteAsync(stream, Cancel);
        stream.Position = 0;
        var result = await Database.ImportAsync(Backup.FromStream(stream), null, Cancel);
        Assert.True(result.Drift.IsEmpty);
        // end-snippet

        Assert.Equal(result.RecordCount, result.Map.Count);
    }
}

using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

public sealed class MapTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // begin-snippet: typed-map
    [Fact]
    public async Task Order_1001_of_the_backup_has_its_lines()
    {
        await using var context = CreateContext();

        var order = Database.Map.New<Order, long>(1001);
        var line = await context.OrderLines.FirstAsync(line => line.OrderId == order, Cancel);

        Assert.Equal("fixtures/shop/complete.json:46:3 /44 (shop.orderline (1001,1))", Database.Map.Origin(line).ToString());
    }

    // end-snippet

    [Fact]
    public async Task Older_backup_is_taken_by_rules()
    {
        // begin-snippet: older-backup
        var options = new ImportOptions
        {
            BackupRules =
            [
                BackupRule.ModelRenamed("shop.label", "shop.tag"),
                BackupRule.FieldRenamed("shop.tag", "title", "name"),
                BackupRule.FieldDropped("shop.tag", "colour"),
            ],
            UnknownFields = DriftPolicy.Refuse,
        };
        var older = Backup.FromJson("""[{"model": "shop.label", "pk": 1, "fields": {"title": "rare", "colour": "red"}}]""");
        var result = await Database.ImportAsync(older, options, Cancel);
        Assert.True(result.Drift.IsAsDeclared);
        // end-snippet

        Assert.Equal(3, result.Drift.Declared.Count);
    }
}

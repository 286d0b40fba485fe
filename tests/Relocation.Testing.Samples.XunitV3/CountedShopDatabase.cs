using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

/// <summary>Counts how often its baseline is imported, by the tag that the seed adds after each import.</summary>
public abstract class CountedShopDatabase(Func<DatabaseTarget> target) : RelocationFixture<ShopContext>
{
    public int ImportCount { get; private set; }

    protected override bool SkipWhenUnavailable => true;

    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = target(),
        CreateContext = options => new ShopContext(options),
        Baseline = [Backup.FromFile("fixtures/shop/complete.json")],
        Seed = (context, _) =>
        {
            ImportCount++;
            context.Add(new Tag { Name = $"import {ImportCount}" });
            return Task.CompletedTask;
        },
    };
}

using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>On a server that does not answer.</summary>
public sealed class AwayDatabase : RelocationFixture<ShopContext>
{
    protected override bool SkipWhenUnavailable => true;

    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = PostgreSqlTarget.ThrowAway(),
        CreateContext = options => new ShopContext(options),
        Baseline = [InnerBackups.Tags],
    };
}

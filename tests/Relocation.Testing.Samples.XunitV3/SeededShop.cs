using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: seed-code
public sealed class SeededShop : RelocationFixture<ShopContext>
{
    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        Seed = async (context, cancellationToken) =>
        {
            context.Countries.Add(new Country { Code = "CA", Name = "Canada" });
            await context.SaveChangesAsync(cancellationToken);
        },
    };
}
// end-snippet

public sealed class SeededShopTests(SeededShop shop) : RelocationTest<ShopContext>(shop), IClassFixture<SeededShop>
{
    [Fact]
    public async Task Seed_code_makes_the_baseline() =>
        Assert.Equal("Canada", Assert.Single(await Context.Countries.ToListAsync(TestContext.Current.CancellationToken)).Name);
}

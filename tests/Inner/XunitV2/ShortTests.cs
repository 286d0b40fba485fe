using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class ShortTests(ShortDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<ShortDatabase>
{
    [RelocationFact]
    public async Task Backup_beside_the_source()
    {
        await using var context = CreateContext();
        Assert.Equal(2, await context.Tags.CountAsync());
    }
}

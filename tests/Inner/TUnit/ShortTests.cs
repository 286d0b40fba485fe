using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<ShortDatabase>(Shared = SharedType.PerClass)]
public sealed class ShortTests(ShortDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public async Task Backup_beside_the_source()
    {
        await using var context = CreateContext();
        await Assert.That(await context.Tags.CountAsync(TestContext.Current!.Execution.CancellationToken)).IsEqualTo(2);
    }
}

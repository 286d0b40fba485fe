using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.NUnit;

public sealed class EmptyShopTests : RelocationTest<ShopContext>
{
    // begin-snippet: nunit-empty
    protected override ResetTo StartFrom => ResetTo.Empty;

    [TestCase("first")]
    [TestCase("second")]
    public async Task Each_test_begins_with_no_rows_and_the_first_key(string name)
    {
        await using var context = CreateContext();
        var tag = new Tag { Name = name };
        context.Add(tag);
        await context.SaveChangesAsync();
        Assert.That(tag.Id, Is.EqualTo(1));
        Assert.That(await context.Tags.CountAsync(), Is.EqualTo(1));
    }
    // end-snippet

    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [Backup.FromFile("fixtures/shop/complete.json")],
    };
}

using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: xunit-empty
public sealed class EmptyShopTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    protected override ResetTo StartFrom => ResetTo.Empty;

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task Each_test_begins_with_no_rows_and_the_first_key(string name)
    {
        await using var context = CreateContext();
        var tag = new Tag { Name = name };
        context.Add(tag);
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, tag.Id);
        Assert.Equal(1, await context.Tags.CountAsync(TestContext.Current.CancellationToken));
    }
}
// end-snippet

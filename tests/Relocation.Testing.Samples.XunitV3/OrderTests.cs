using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: xunit-tests
public sealed class OrderTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    [Fact]
    public async Task Poor_reviews_can_be_deleted()
    {
        await using var context = CreateContext();
        await context.Reviews.Where(review => review.Stars < 4).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await context.Reviews.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_test_sees_the_baseline()
    {
        await using var context = CreateContext();
        Assert.Equal(4, await context.Reviews.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public Task Keys_stay_as_approved() => CheckAsync(Database.Baseline[0].Map);
}
// end-snippet

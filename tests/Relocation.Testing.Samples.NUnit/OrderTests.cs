using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.NUnit;

// begin-snippet: nunit-tests
public sealed class OrderTests : RelocationTest<ShopContext>
{
    [Test]
    public async Task Poor_reviews_can_be_deleted()
    {
        await using var context = CreateContext();
        await context.Reviews.Where(review => review.Stars < 4).ExecuteDeleteAsync();
        Assert.That(await context.Reviews.CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Every_test_sees_the_baseline()
    {
        await using var context = CreateContext();
        Assert.That(await context.Reviews.CountAsync(), Is.EqualTo(4));
    }

    [Test]
    public Task Keys_stay_as_approved() => CheckAsync(Database.Baseline[0].Map);

    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        CreateContext = options => new ShopContext(options),
        Baseline = [Backup.FromFile("fixtures/shop/complete.json")],
    };
}
// end-snippet

using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.NUnit;

// begin-snippet: nunit-tests
public sealed class OrderTests : RelocationTest<ShopContext>
{
    [Test]
    public async Task A_cancelled_order_loses_its_lines()
    {
        await using var context = CreateContext();

        await context.OrderLines.Where(line => line.Quantity > 1).ExecuteDeleteAsync();

        Assert.That(await context.OrderLines.CountAsync(), Is.EqualTo(4));
    }

    [Test]
    public async Task Every_test_sees_the_baseline()
    {
        await using var context = CreateContext();

        Assert.That(await context.OrderLines.CountAsync(), Is.EqualTo(8));
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

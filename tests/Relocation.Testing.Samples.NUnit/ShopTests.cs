using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.NUnit;

/// <summary>The same tests on both engines. Every test first sees that nothing of another test is left, in whatever order they run.</summary>
public abstract class ShopTests : RelocationTest<ShopContext>
{
    private int _importCount;

    private protected abstract DatabaseTarget Target { get; }

    [Test]
    public async Task Orders_are_deleted()
    {
        await using var context = await BaselineAsync();

        await context.ReturnedItems.ExecuteDeleteAsync();
        await context.OrderLines.ExecuteDeleteAsync();
        await context.Orders.ExecuteDeleteAsync();

        Assert.That(await context.Orders.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Orders_are_changed()
    {
        await using var context = await BaselineAsync();

        await context.Orders.ExecuteUpdateAsync(orders => orders.SetProperty(order => order.Status, OrderStatus.Cancelled));

        Assert.That(await context.Orders.AllAsync(order => order.Status == OrderStatus.Cancelled), Is.True);
    }

    [TestCase("2025-0001")]
    [TestCase("2025-0002")]
    public async Task A_new_order_gets_the_same_key_in_every_test(string number)
    {
        await using var context = await BaselineAsync();
        var highest = await context.Orders.MaxAsync(order => order.Id);
        var customer = await context.Customers.OrderBy(row => row.Id).FirstAsync();
        var order = new Order { Number = number, CustomerId = customer.Id };

        context.Add(order);
        await context.SaveChangesAsync();

        Assert.That(order.Id, Is.EqualTo(highest + 1));
    }

    [Test]
    public async Task The_database_is_emptied_through_Respawn()
    {
        await using var context = await BaselineAsync();

        await Database.ResetAsync(ResetTo.Empty);

        Assert.That(await context.Orders.CountAsync() + await context.Customers.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task The_map_is_the_same_on_both_engines()
    {
        await using var context = await BaselineAsync();

        await CheckAsync(Database.Baseline[0].Map);
    }

    [TestCase("DE")]
    [TestCase("FR")]
    public async Task Customers_of_a_country_are_as_approved(string country)
    {
        await using var context = await BaselineAsync();
        var names = await context.Customers
            .Where(customer => customer.CountryCode == country).OrderBy(customer => customer.Id)
            .Select(customer => customer.Name).ToListAsync();

        await CheckAsync(string.Join('\n', names));
    }

    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = Target,
        CreateContext = options => new ShopContext(options),
        Baseline = [Backup.FromFile("fixtures/shop/complete.json")],
        Seed = (context, _) =>
        {
            _importCount++;
            context.Add(new Tag { Name = $"import {_importCount}" });
            return Task.CompletedTask;
        },
    };

    private async Task<ShopContext> BaselineAsync()
    {
        var context = CreateContext();
        Assert.That(_importCount, Is.EqualTo(1));
        Assert.That((await context.Tags.OrderBy(tag => tag.Id).LastAsync()).Name, Is.EqualTo("import 1"));
        Assert.That(await context.Orders.CountAsync(), Is.EqualTo(5));
        Assert.That(await context.OrderLines.CountAsync(), Is.EqualTo(8));
        Assert.That(await context.Orders.CountAsync(order => order.Status == OrderStatus.Cancelled), Is.EqualTo(1));
        return context;
    }
}

using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.NUnit.Around;

public sealed class FirstSharedTests : RelocationTest<ShopContext>
{
    [Test]
    public async Task Baseline_of_the_namespace()
    {
        await using var context = CreateContext();
        Assert.That(await context.Tags.CountAsync(), Is.EqualTo(2));
        Assert.That(Database.Baseline[0].Map.Count, Is.EqualTo(2));
        await context.Tags.ExecuteDeleteAsync();
    }
}

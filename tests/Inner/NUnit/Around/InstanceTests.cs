using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.NUnit.Around;

/// <summary>Each test has an instance of its own, and a field that no other test sees.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class InstanceTests : RelocationTest<ShopContext>
{
    private int _count;

    [Test]
    public async Task Instance_for_each_test([Range(1, 4)] int number)
    {
        _count += number;
        await using var context = CreateContext();
        Assert.That(await context.Tags.CountAsync(), Is.EqualTo(2));
        await context.Tags.ExecuteDeleteAsync();
        Assert.That(_count, Is.EqualTo(number));
    }
}

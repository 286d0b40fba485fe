using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

/// <summary>One after another: the second test gets its database while the first one's body still writes.</summary>
[TestClass]
[DoNotParallelize]
public sealed class OutlivingTests : TagTests
{
    private static volatile bool _isStopped;
    private static int _written;

    [TestMethod]
    [Timeout(10000)]
    public async Task Goes_on_writing_after_its_time()
    {
        await using var context = CreateContext();
        while (!_isStopped)
        {
            context.Add(new Tag { Name = $"late {Interlocked.Increment(ref _written)}" });
            await context.SaveChangesAsync(CancellationToken.None);
            await Task.Delay(5, CancellationToken.None);
        }
    }

    [TestMethod]
    public async Task Never_meets_a_test_that_goes_on()
    {
        var before = Volatile.Read(ref _written);
        Assert.IsGreaterThan(0, before);
        try
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.AreEqual(2, await Context.Tags.CountAsync());
                await Task.Delay(10);
            }
        }
        finally
        {
            _isStopped = true;
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>One after another: the second test gets its database while the first one's body still writes.</summary>
[NotInParallel]
[ClassDataSource<OutlivedDatabase>(Shared = SharedType.PerClass)]
public sealed class OutlivingTests(OutlivedDatabase database) : RelocationTest<ShopContext>(database)
{
    private static volatile bool _isStopped;
    private static int _written;

    [Test]
    [Timeout(8000)]
    public async Task Goes_on_writing_after_its_time(CancellationToken cancellationToken)
    {
        await using var context = CreateContext();
        while (!_isStopped)
        {
            context.Add(new Tag { Name = $"late {Interlocked.Increment(ref _written)}" });
            await context.SaveChangesAsync(CancellationToken.None);
            await Task.Delay(5, CancellationToken.None);
        }
    }

    [Test]
    [DependsOn(nameof(Goes_on_writing_after_its_time), [typeof(CancellationToken)], ProceedOnFailure = true)]
    public async Task Never_meets_a_test_that_goes_on()
    {
        await Assert.That(Volatile.Read(ref _written)).IsGreaterThan(0);
        try
        {
            for (var i = 0; i < 20; i++)
            {
                await Assert.That(await Context.Tags.CountAsync()).IsEqualTo(2);
                await Task.Delay(10);
            }
        }
        finally
        {
            _isStopped = true;
        }
    }
}

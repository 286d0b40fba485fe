using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.NUnit;

/// <summary>Each test sees the baseline, then its own row only: another test's would show.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TurnTests : TagTests
{
    [Test]
    public async Task Turn([Range(1, 8)] int number)
    {
        await using var context = CreateContext();
        Assert.That(await NamesAsync(context), Is.EqualTo(new[] { "new", "sale" }));
        await context.Tags.Where(tag => tag.Name == "sale").ExecuteDeleteAsync();
        context.Add(new Tag { Name = $"turn {number}" });
        await context.SaveChangesAsync();
        for (var i = 0; i < 50; i++)
        {
            Assert.That(await NamesAsync(context), Is.EqualTo(new[] { "new", $"turn {number}" }));
            await Task.Yield();
        }
    }

    private static Task<List<string>> NamesAsync(ShopContext context) =>
        context.Tags.Select(tag => tag.Name).OrderBy(name => name).ToListAsync();
}

using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>Each test sees the baseline, then its own row only: another test's would show.</summary>
public abstract class TurnTests(TagDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<TagDatabase>
{
    [RelocationTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Turn(int number)
    {
        await using var context = CreateContext();
        Assert.Equal(["new", "sale"], await NamesAsync(context));
        await context.Tags.Where(tag => tag.Name == "sale").ExecuteDeleteAsync();
        context.Add(new Tag { Name = $"turn {number}" });
        await context.SaveChangesAsync();
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(["new", $"turn {number}"], await NamesAsync(context));
            await Task.Yield();
        }
    }

    private static Task<List<string>> NamesAsync(ShopContext context) =>
        context.Tags.Select(tag => tag.Name).OrderBy(name => name).ToListAsync();
}

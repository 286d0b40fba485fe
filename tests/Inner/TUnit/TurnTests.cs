using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>Each test sees the baseline, then its own row only: another test's would show.</summary>
[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class TurnTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    [Arguments(4)]
    [Arguments(5)]
    [Arguments(6)]
    [Arguments(7)]
    [Arguments(8)]
    public async Task Turn(int number)
    {
        await using var context = CreateContext();
        await Assert.That(await NamesAsync(context)).IsEquivalentTo(["new", "sale"]);
        await context.Tags.Where(tag => tag.Name == "sale").ExecuteDeleteAsync();
        context.Add(new Tag { Name = $"turn {number}" });
        await context.SaveChangesAsync();
        for (var i = 0; i < 50; i++)
        {
            await Assert.That(await NamesAsync(context)).IsEquivalentTo(["new", $"turn {number}"]);
            await Task.Yield();
        }
    }

    private static Task<List<string>> NamesAsync(ShopContext context) =>
        context.Tags.Select(tag => tag.Name).OrderBy(name => name).ToListAsync();
}

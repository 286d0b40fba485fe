using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

/// <summary>Each test sees the baseline, then its own row only: another test's would show.</summary>
[TestClass]
public sealed class TurnTests : TagTests
{
    [TestMethod]
    [DataRow(1), DataRow(2), DataRow(3), DataRow(4), DataRow(5), DataRow(6), DataRow(7), DataRow(8)]
    public async Task Turn(int number)
    {
        await using var context = CreateContext();
        CollectionAssert.AreEqual(new[] { "new", "sale" }, await NamesAsync(context));
        await context.Tags.Where(tag => tag.Name == "sale").ExecuteDeleteAsync();
        context.Add(new Tag { Name = $"turn {number}" });
        await context.SaveChangesAsync();
        for (var i = 0; i < 50; i++)
        {
            CollectionAssert.AreEqual(new[] { "new", $"turn {number}" }, await NamesAsync(context));
            await Task.Yield();
        }
    }

    private static Task<List<string>> NamesAsync(ShopContext context) =>
        context.Tags.Select(tag => tag.Name).OrderBy(name => name).ToListAsync();
}

using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>xUnit's own attributes, with an output that tells the test's name and arguments.</summary>
public sealed class PlainTests(TagDatabase database, ITestOutputHelper output)
    : RelocationTest<ShopContext>(database, output), IClassFixture<TagDatabase>
{
    [Fact]
    public Task Text_of_a_plain_fact() => CheckAsync("plain");

    [Theory]
    [InlineData("a/b", 1.5)]
    public Task Text_of_a_plain_theory(string name, double number) => CheckAsync($"{name} {number}");

    [Fact]
    public Task Plainly_leaves_a_table() => Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Plain_turn(int number)
    {
        Assert.Equal(["new", "sale"], await Context.Tags.Select(tag => tag.Name).OrderBy(name => name).ToListAsync());
        Context.Add(new Tag { Name = $"turn {number}" });
        await Context.SaveChangesAsync();
    }
}

using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class SnapshotTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Fact]
    public Task Map_that_differs() => CheckAsync(Database.Baseline[0].Map);

    [Theory]
    [InlineData("a/b", 1.5)]
    public Task Text_that_nobody_approved(string name, double number) => CheckAsync($"{name} {number}");
}

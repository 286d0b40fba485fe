using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class SnapshotTests(TagDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<TagDatabase>
{
    [RelocationFact]
    public Task Map_that_differs() => CheckAsync(Database.Baseline[0].Map);

    [RelocationTheory]
    [InlineData("a/b", 1.5)]
    public Task Text_that_nobody_approved(string name, double number) => CheckAsync($"{name} {number}");

    // Their display names are the same: xUnit cuts texts.
    [RelocationTheory]
    [InlineData("a text of more than fifty characters that ends in one")]
    [InlineData("a text of more than fifty characters that ends in two")]
    public Task Text_with_long_arguments(string text) => CheckAsync(text);
}

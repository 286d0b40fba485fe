using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class SnapshotTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public Task Map_that_differs() => CheckAsync(Database.Baseline[0].Map);

    [Test]
    [Arguments("a/b", 1.5)]
    public Task Text_that_nobody_approved(string name, double number) => CheckAsync($"{name} {number}");
}

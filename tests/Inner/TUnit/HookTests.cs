using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>Its own hooks run between those of the base class.</summary>
[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class HookTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    private int _before;

    [Before(Test)]
    public async Task InitializeAsync() => _before = await Context.Tags.CountAsync();

    [Test]
    public async Task Hooks_of_the_class_have_the_database()
    {
        await Assert.That(_before).IsEqualTo(2);
        await Context.Tags.ExecuteDeleteAsync();
    }

    [After(Test)]
    public async Task CleanUpAsync() => await Assert.That(await Context.Tags.CountAsync()).IsEqualTo(0);
}

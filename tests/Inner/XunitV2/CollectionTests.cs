using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>Tests of a class in a collection: xUnit v2 runs them one after another.</summary>
public abstract class CollectionTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [RelocationFact]
    public async Task Database_of_the_collection()
    {
        Assert.Equal(2, await Context.Tags.CountAsync());
        await Context.Tags.ExecuteDeleteAsync();
    }
}

using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class FailingTests(TagDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<TagDatabase>
{
    [RelocationFact]
    public async Task Plain_failure()
    {
        Context.Add(new Tag { Name = "left by a failed test" });
        await Context.SaveChangesAsync();
        throw new InvalidOperationException("on purpose");
    }
}
